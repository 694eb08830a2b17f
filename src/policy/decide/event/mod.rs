//! What happened to a person that a policy may make an exception for, one event a file.

mod birth;
mod employee_lapse;
mod hardship;
mod moved_in;
mod released;
mod welfare_home;

use chrono::NaiveDate;

use crate::policy::{Circumstances, Event, Policy};

/// The day of an event in a person's life, as seen on a day, if it happened.
pub(in crate::policy) fn day_of(
    policy: &Policy,
    event: Event,
    who: &Circumstances,
    day: NaiveDate,
) -> Option<NaiveDate> {
    match event {
        Event::Birth => birth::day(who),
        Event::WelfareHome => welfare_home::day(who),
        Event::EmployeeLapse => employee_lapse::day(who, day),
        Event::Released => released::day(who),
        Event::MovedIn => moved_in::day(who),
        Event::Hardship => hardship::day(policy, who, day),
    }
}
