//! Whole pipelines, from files to accounts.
