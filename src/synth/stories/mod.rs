//! The stories: what happens to a few people, one kind a file, and the list of all.
//!
//! A story changes a person who has lived an ordinary life; it says whether it could. Nobody has
//! more than one story of each shelf, so that what a story means for the findings stays true.

use chrono::{Days, NaiveDate};

use super::dice::Dice;
use super::files::dirt_name::same_sound;
use super::people::name::{given, surname_of};
use super::person::{Home, Kind, Person, Reply, Scheme, Status};
use super::rates::Rates;
use super::world::Scene;
use crate::clean::sex::Sex;

mod answered;
mod arrears_only;
mod borrowed_number;
mod cancelled;
mod collected;
mod death;
mod elsewhere;
mod failed_payment;
mod father_alike;
mod full_not_enrolled;
mod lapsed;
mod left;
mod name_changed;
mod namesake_gone;
mod namesakes_next_door;
mod newborn_twice;
mod old_number;
mod orphan_refund;
mod other_county;
mod outside_window;
mod paid_twice;
mod paid_unregistered;
mod refunded;
mod registered_unpaid;
mod subsidised_after_exit;
mod subsidised_employee;
mod switching;
mod title_date;
mod twins_alike;
mod two_covers;
mod two_households;
mod two_standards;
mod village_move;
mod voucher_twice;
mod wrong_amount;
mod wrong_subsidy;

/// What a story has at hand.
pub struct Telling<'a> {
    pub at: usize,
    pub scene: &'a Scene,
    pub homes: &'a [Home],
    pub dice: &'a mut Dice,
}

/// Which shelf a story stands on: nobody has two of one shelf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    Fate,
    Identity,
}

/// One story: its name, its shelf, how often, and how it goes.
pub struct Story {
    pub name: &'static str,
    shelf: Shelf,
    rate: fn(&Rates) -> f64,
    tell: fn(&mut Person, &mut Telling<'_>) -> bool,
}

/// The marks of the stories that are told of two people at once, outside this list.
pub const NAMESAKE: u8 = 255;
pub const TWINS_ALIKE: u8 = 254;
pub const FATHER_ALIKE: u8 = 253;
pub const NAMESAKES_NEXT_DOOR: u8 = 252;
pub const NAMESAKE_GONE: u8 = 251;

/// A story's name by its mark.
pub fn name_of(mark: u8) -> &'static str {
    match mark {
        NAMESAKE => "namesake",
        TWINS_ALIKE => "twins_alike",
        FATHER_ALIKE => "father_alike",
        NAMESAKES_NEXT_DOOR => "namesakes_next_door",
        NAMESAKE_GONE => "namesake_gone",
        _ => STORIES.get(usize::from(mark)).map_or("", |it| it.name),
    }
}

macro_rules! stories {
    ($( $name:ident $shelf:ident $path:path; )+) => {
        /// Every story. An earlier one is tried first.
        pub static STORIES: &[Story] = &[ $( Story {
            name: stringify!($name),
            shelf: Shelf::$shelf,
            rate: |it| it.$name,
            tell: $path,
        }, )+ ];
    };
}

stories! {
    dead_subsidised Fate subsidised_after_exit::dead;
    away_subsidised Fate subsidised_after_exit::moved;
    death Fate death::registered;
    death_unregistered Fate death::unregistered;
    moved_out Fate left::moved_out;
    army Fate left::army;
    prison Fate left::prison;
    released Fate left::released;
    abroad Fate left::abroad;
    lower_of_two Fate two_standards::lower;
    subsidies_added Fate two_standards::added;
    full_fee_though_entitled Fate wrong_subsidy::full_fee;
    full_not_enrolled Fate full_not_enrolled::tell;
    title_after_payment Fate title_date::after;
    title_before_payment Fate title_date::before;
    subsidised_without_title Fate wrong_subsidy::without_title;
    subsidised_employee Fate subsidised_employee::tell;
    registered_unpaid Fate registered_unpaid::tell;
    paid_unregistered Fate paid_unregistered::tell;
    lapsed_recently Fate lapsed::recently;
    lapsed_long_ago Fate lapsed::long_ago;
    terminated Fate lapsed::terminated;
    village_move Fate village_move::tell;
    two_enrolments Fate two_covers::resident_twice;
    resident_and_employee Fate two_covers::resident_and_employee;
    switching Fate switching::tell;
    here_and_elsewhere Fate elsewhere::here_too;
    elsewhere_expired Fate elsewhere::expired;
    answered_without_evidence Fate answered::without_evidence;
    answered_expired Fate answered::expired;
    paid_twice Fate paid_twice::tell;
    voucher_twice Fate voucher_twice::tell;
    refunded Fate refunded::for_good;
    refunded_repaid Fate refunded::and_repaid;
    cancelled_reissued Fate cancelled::reissued;
    failed Fate failed_payment::for_good;
    failed_repaid Fate failed_payment::and_repaid;
    orphan_refund Fate orphan_refund::tell;
    outside_window Fate outside_window::tell;
    paid_in_other_county Fate other_county::tell;
    collected_unpaid Fate collected::unpaid;
    collected_lately Fate collected::lately;
    collector_differs Fate collected::differs;
    arrears_only Fate arrears_only::arrears;
    pension_only Fate arrears_only::pension;
    underpaid Fate wrong_amount::under;
    overpaid Fate wrong_amount::over;
    answered_proven Fate answered::proven;
    answered_open Fate answered::open;
    old_number Identity old_number::in_insurance;
    twice_in_roster Identity old_number::twice_in_roster;
    guardian_number Identity borrowed_number::guardian;
    borrowed_number Identity borrowed_number::stranger;
    slipped_number Identity borrowed_number::slipped;
    two_households Identity two_households::tell;
    name_changed Identity name_changed::tell;
    newborn_twice Identity newborn_twice::tell;
}

/// Tells a person's stories, if chance has any.
pub fn tell(person: &mut Person, telling: &mut Telling<'_>) {
    if person.kind == Kind::Outsider {
        arrears_only::outsider(person, telling);
        return;
    }
    let mut fated = false;
    let mut identified = false;
    for (at, story) in STORIES.iter().enumerate() {
        let taken = match story.shelf {
            Shelf::Fate => &mut fated,
            Shelf::Identity => &mut identified,
        };
        let rate = (story.rate)(&telling.scene.rates);
        if rate <= 0.0 {
            // What is never told draws no chance, so that it changes nothing else.
            continue;
        }
        let happens = telling.dice.chance(rate);
        if happens && !*taken && (story.tell)(person, telling) {
            *taken = true;
            person.stories.push(at as u8);
        }
    }
}

/// Tells the stories of two people at once, of such as no other story has been told of.
pub fn tell_of_two(people: &mut Vec<Person>, scene: &Scene) {
    twins_alike::tell(people, scene);
    father_alike::tell(people, scene);
    namesakes_next_door::tell(people, scene);
    namesake_gone::tell(people, scene);
}

impl Telling<'_> {
    /// A township's answer that fits the facts, for some of those asked about.
    fn answered(&mut self, person: &mut Person, code: &'static str, evidence: bool) {
        if self.dice.chance(0.15) {
            person.reply = Some(Reply { code, evidence, about: "E01" });
        }
    }

    /// A day of the window that the files can know of.
    fn window_day(&mut self) -> NaiveDate {
        self.dice.day(self.scene.rules.window_opens, self.scene.last_day)
    }

    /// A later day than the one given, at most `days` later and not after the run.
    fn later(&mut self, than: NaiveDate, days: u64) -> NaiveDate {
        let furthest = (than + Days::new(days)).min(self.scene.as_of);
        self.dice.day((than + Days::new(1)).min(furthest), furthest)
    }
}

/// Insured as a resident by one plain payment, and registered here.
fn plainly_insured(person: &Person) -> bool {
    person.kind == Kind::Registered
        && person.exit.is_none()
        && person.pays.len() == 1
        && person.covers.len() == 1
        && person.has_active(Scheme::Resident)
}

/// The same, with a fee of one's own and no subsidy.
fn plainly_paid(person: &Person) -> bool {
    plainly_insured(person) && person.pays[0].subsidy_fen == 0 && person.identities.is_empty()
}

/// Registered here and without any cover or payment.
fn plainly_uninsured(person: &Person) -> bool {
    person.kind == Kind::Registered
        && person.exit.is_none()
        && person.pays.is_empty()
        && person.covers.is_empty()
        && person.away.is_none()
}

/// Registered here, and nothing out of the ordinary has happened yet.
fn is_plain(person: &Person) -> bool {
    person.kind == Kind::Registered
        && person.number.is_some()
        && person.stories.is_empty()
        && !person.name.contains('·')
}

/// Leaves one of two insured and the other not, and marks both; says whether it could.
fn part(people: &mut [Person], one: usize, other: usize, mark: u8) -> bool {
    let is_insured = [one, other].map(|it| plainly_insured(&people[it]));
    let is_not = [one, other].map(|it| plainly_uninsured(&people[it]));
    match (is_insured, is_not) {
        ([true, true], _) => uninsure(&mut people[other]),
        ([true, _], [_, true]) | ([_, true], [true, _]) => {}
        _ => return false,
    }
    people[one].stories.push(mark);
    people[other].stories.push(mark);
    true
}

/// A name one character or a tone from another's, for somebody of a sex and year.
fn name_like(name: &str, sex: Sex, year: i32, dice: &mut Dice) -> Option<String> {
    let surname = surname_of(name);
    let own = &name[surname.len()..];
    let sounds = same_sound(own).filter(|_| dice.chance(0.6));
    let like = sounds.unwrap_or_else(|| given(dice, sex, year, own.chars().next()));
    Some(format!("{surname}{like}")).filter(|it| it != name)
}

/// Drops the cover, the payments and what collectors noted.
fn uninsure(person: &mut Person) {
    person.covers.clear();
    person.pays.clear();
    person.collected.clear();
    person.away = None;
}

/// Ends the register's rows on a day.
fn end_covers(person: &mut Person, on: NaiveDate) {
    for cover in &mut person.covers {
        cover.status = Status::Terminated;
        cover.paused_on = Some(on);
    }
}
