//! One household: who lives together, how old they are, what they are called.

use chrono::{Datelike, Days, NaiveDate};

use super::name::{Clans, given, transliterated};
use super::number::{Number, division};
use crate::clean::sex::Sex;
use crate::synth::dice::Dice;
use crate::synth::person::{Home, Kind, LastYear, Person};
use crate::tables::Relation;

/// What all households of a village share.
pub struct Village<'a> {
    pub clans: &'a Clans,
    pub county: u32,
    pub as_of: NaiveDate,
    pub twins: f64,
    pub shared_letter: f64,
    pub unregistered_birth: f64,
}

/// A household being put together.
struct Family<'a> {
    village: &'a Village<'a>,
    dice: &'a mut Dice,
    home: Home,
    surname: &'static str,
    people: &'static str,
    members: Vec<Person>,
}

/// The shapes of households and their shares in a hundred.
const SHAPES: [f64; 9] = [5.0, 9.0, 8.0, 33.0, 29.0, 6.0, 5.0, 3.0, 2.0];

/// The people of one household. A mother is given by her position in the household.
pub fn household(village: &Village<'_>, home: Home, dice: &mut Dice) -> Vec<Person> {
    let surname = village.clans.surname(dice);
    let people = if dice.chance(0.015) {
        *dice.pick(&["土家族", "苗族", "回族", "壮族"])
    } else {
        "汉族"
    };
    let shape = dice.weighted(&SHAPES);
    let mut family = Family { village, dice, home, surname, people, members: Vec::new() };
    match shape {
        0 => family.lone(60, 95),
        1 => drop(family.couple(58, 90)),
        2 => drop(family.couple(24, 60)),
        3 => family.with_children(25, 52),
        4 => family.three_generations(),
        5 => family.lone(20, 62),
        6 => family.single_parent(),
        7 => family.grandparents(),
        _ => family.brothers(),
    }
    family.members
}

impl Family<'_> {
    fn age(&mut self, low: i64, high: i64) -> i64 {
        // Two draws, the smaller more often: fewer people at the upper end of a range.
        let (a, b) = (self.dice.range(low, high), self.dice.range(low, high));
        if self.dice.chance(0.5) { a.min(b) } else { a }
    }

    fn birth_at(&mut self, age: i64) -> NaiveDate {
        let days = age * 365 + age / 4 + self.dice.range(0, 364);
        self.village.as_of - Days::new(days.max(0) as u64)
    }

    fn sex(&mut self) -> Sex {
        if self.dice.chance(0.515) { Sex::Male } else { Sex::Female }
    }

    /// Adds a person and says where it stands.
    fn add(&mut self, surname: &str, sex: Sex, birth: NaiveDate, relation: Relation) -> usize {
        let married_in = matches!(relation, Relation::Spouse | Relation::ChildInLaw);
        let own = self.new_name(surname, sex, birth);
        let (name, people) = match transliterated(self.dice) {
            Some((name, people)) if married_in => (name.to_string(), people),
            _ => (own, self.people),
        };
        let code = division(self.dice, self.village.county, married_in);
        let since = match (married_in || self.dice.chance(0.03), birth < self.village.as_of) {
            (true, true) => self.dice.day(birth, self.village.as_of),
            _ => (birth + Days::new(self.dice.below(40))).min(self.village.as_of),
        };
        self.members.push(Person {
            kind: Kind::Registered,
            name,
            former_name: None,
            sex,
            birth,
            number: Some(Number { division: code, birth, sequence: 0 }),
            old_number: None,
            certificate: None,
            home: Home { relation, ..self.home },
            second_home: None,
            people,
            registered_on: since,
            permit: None,
            mother: None,
            guardian: None,
            lender: None,
            twin: false,
            birth_listed: false,
            exit: None,
            identities: Vec::new(),
            school: None,
            last_year: LastYear::None,
            covers: Vec::new(),
            pays: Vec::new(),
            collected: Vec::new(),
            away: None,
            reply: None,
            stories: Vec::new(),
            twice_in_roster: false,
            old_home: None,
            doubled: false,
            lent: false,
        });
        self.members.len() - 1
    }

    /// A name that nobody of the household bears yet: no family calls two children the same.
    fn new_name(&mut self, surname: &str, sex: Sex, birth: NaiveDate) -> String {
        loop {
            let given = given(self.dice, sex, birth.year(), None);
            let name = format!("{surname}{given}");
            if self.members.iter().all(|it| it.name != name) {
                return name;
            }
        }
    }

    fn lone(&mut self, low: i64, high: i64) {
        let (age, sex) = (self.age(low, high), self.sex());
        let birth = self.birth_at(age);
        self.add(self.surname, sex, birth, Relation::Head);
    }

    fn couple(&mut self, low: i64, high: i64) -> (usize, usize) {
        let age = self.age(low, high);
        self.couple_aged(age, Relation::Head, Relation::Spouse)
    }

    fn couple_aged(&mut self, age: i64, his: Relation, hers: Relation) -> (usize, usize) {
        let birth = self.birth_at(age);
        let man = self.add(self.surname, Sex::Male, birth, his);
        let years = self.dice.range(-5, 3);
        let birth = self.birth_at((age + years).max(20));
        let family = self.village.clans.surname(self.dice);
        (man, self.add(family, Sex::Female, birth, hers))
    }

    fn with_children(&mut self, low: i64, high: i64) {
        let (man, woman) = self.couple(low, high);
        self.children(Some(man), Some(woman), Relation::Child);
    }

    fn three_generations(&mut self) {
        let age = self.age(50, 82);
        if self.dice.chance(0.65) {
            self.couple_aged(age, Relation::Head, Relation::Spouse);
        } else {
            let sex = self.sex();
            let birth = self.birth_at(age);
            self.add(self.surname, sex, birth, Relation::Head);
        }
        let son = (age - self.dice.range(21, 29)).max(20);
        let (man, woman) = self.couple_aged(son, Relation::Child, Relation::ChildInLaw);
        self.children(Some(man), Some(woman), Relation::Grandchild);
    }

    fn single_parent(&mut self) {
        let (age, sex) = (self.age(24, 50), self.sex());
        let birth = self.birth_at(age);
        let parent = self.add(self.surname, sex, birth, Relation::Head);
        let (man, woman) =
            if sex == Sex::Male { (Some(parent), None) } else { (None, Some(parent)) };
        self.children(man, woman, Relation::Child);
    }

    fn grandparents(&mut self) {
        self.couple(52, 76);
        for _ in 0..self.dice.range(1, 2) {
            let (age, sex) = (self.dice.range(2, 16), self.sex());
            let birth = self.birth_at(age);
            self.add(self.surname, sex, birth, Relation::Grandchild);
        }
    }

    fn brothers(&mut self) {
        let (man, woman) = self.couple(35, 60);
        self.children(Some(man), Some(woman), Relation::Child);
        let age = self.age(30, 62);
        let birth = self.birth_at(age);
        self.add(self.surname, Sex::Male, birth, Relation::Sibling);
        if self.dice.chance(0.5) {
            let birth = self.birth_at(self.village.as_of.year() as i64 % 9 + 75);
            self.add(self.surname, Sex::Female, birth, Relation::Parent);
        }
    }

    /// One to three children, spaced, younger than the mother by nineteen years and more.
    fn children(&mut self, father: Option<usize>, mother: Option<usize>, relation: Relation) {
        let parent = mother.or(father).unwrap_or(0);
        let age = i64::from(self.members[parent].age(self.village.as_of));
        let mut child = age - self.dice.range(20, 29);
        let wanted = 1 + self.dice.weighted(&[0.42, 0.43, 0.15]);
        for _ in 0..wanted {
            // Few are born now; grown children of forty have households of their own.
            if child < 0 || (child < 4 && self.dice.chance(0.3)) || child > 34 {
                child -= self.dice.range(2, 4);
                continue;
            }
            let birth = self.birth_at(child);
            self.child(birth, father, mother, relation);
            if self.dice.chance(self.village.twins) {
                self.child(birth, father, mother, relation);
                let n = self.members.len();
                self.members[n - 2..].iter_mut().for_each(|it| it.twin = true);
            }
            child -= self.dice.range(2, 5);
        }
    }

    fn child(
        &mut self,
        birth: NaiveDate,
        father: Option<usize>,
        mother: Option<usize>,
        as_: Relation,
    ) {
        let takes_fathers = father.is_some() && !self.dice.chance(0.02);
        let namer = if takes_fathers { father } else { mother.or(father) };
        let named = namer.map_or(String::new(), |it| self.members[it].name.clone());
        let surname = super::name::surname_of(&named).to_string();
        let sex = self.sex();
        let at = self.add(&surname, sex, birth, as_);
        // 王志刚's son 王志: fathers and sons whose names differ by one character.
        if takes_fathers && sex == Sex::Male && self.dice.chance(self.village.shared_letter) {
            let letters: Vec<char> = named.chars().collect();
            let newer = given(self.dice, sex, birth.year(), letters.get(1).copied());
            self.members[at].name = format!("{surname}{newer}");
        }
        self.members[at].mother = mother.map(|it| it as u32);
        let days = (self.village.as_of - birth).num_days();
        self.members[at].guardian = mother.or(father).map(|it| it as u32);
        if days > 400 {
            return;
        }
        self.members[at].birth_listed = self.dice.chance(0.97);
        let late = if days < 90 { 8.0 } else { 1.0 };
        let unregistered = self.dice.chance(self.village.unregistered_birth * late);
        if unregistered && self.members[at].birth_listed {
            self.newborn(at, &named);
        }
    }

    /// A child in no roster yet: no number, often not even a name.
    fn newborn(&mut self, at: usize, parent: &str) {
        let certificate =
            format!("{}{:09}", self.dice.letter("STUVW"), self.dice.below(1_000_000_000));
        let unnamed = self.dice.chance(0.45);
        let child = &mut self.members[at];
        child.kind = Kind::Newborn;
        child.number = None;
        child.certificate = Some(certificate);
        if unnamed {
            let word = if child.sex == Sex::Male { "之子" } else { "之女" };
            child.name = format!("{parent}{word}");
        }
    }
}
