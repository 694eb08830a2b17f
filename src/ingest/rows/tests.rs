//! Rows of every kind, from text.
