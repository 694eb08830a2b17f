//! What earlier nights left for tonight.

use std::{collections::BTreeMap, path::Path};

use chrono::NaiveDate;

use super::{Earlier, earlier};
use crate::{
    delivery::{List, Sent, last_lists},
    error::Result,
    history::BatchNumber,
};

/// The book of cases, and the lists that are out.
#[derive(Clone, Debug, Default)]
pub struct Past {
    pub earlier: Earlier,
    /// What was sent so far, and what of it counts.
    pub sent: Sent,
    /// The list that each recipient had last, by its code.
    pub last_lists: BTreeMap<String, List>,
}

impl Past {
    /// Reads it from the folder of a pipeline's runs.
    pub fn read(home: &Path, as_of: NaiveDate, insurance_year: u16) -> Result<Past> {
        let (earlier, sent) = (earlier(home, as_of, insurance_year), Sent::read(home)?);
        let last_lists = last_lists(home, &sent, earlier.run, as_of)?;
        Ok(Past { earlier, sent, last_lists })
    }

    /// Whether a list counts no more.
    pub fn is_recalled(&self, batch: &BatchNumber) -> bool {
        self.sent.recall(batch).is_some()
    }
}
