//! The keys of what was joined by comparison live on beside the person's own.

use super::{Identities, identify, lines, setting, show, tables};

const DAMAGED: &str = "enrolment 19800305/101:slip 张晓明";

/// Who is who in a world, which is checked first.
#[track_caller]
fn night(world: &str, expected: &str) -> Identities {
    let tables = tables(&lines(world));
    let identities = identify(&tables, &setting());
    assert_eq!(show(&tables, &identities), expected, "{world}");
    identities
}

#[test]
fn a_damaged_row_that_was_joined_has_an_alias_which_is_its_key_alone() {
    let alone = night(DAMAGED, "1");
    let joined = night(&format!("household 19800305/101 张晓明 place=1\n{DAMAGED}"), "1 2");
    let [alias] = joined.aliases[..] else { panic!("{:?}", joined.aliases) };
    assert_eq!(alias.key, alone.people[0].key);
    assert_ne!(alias.key, joined.people[0].key);
    assert_eq!(joined.aliases_of(alias.person), [alias]);
    assert!(alone.aliases.is_empty());
}

#[test]
fn rows_that_were_joined_exactly_have_none() {
    let world = "household 19800305/101 张晓明 place=1
                 enrolment 19800305/101 张晓明
                 collection 19800305/101 张小明";
    assert!(night(world, "1 2 3").aliases.is_empty());
}

#[test]
fn one_registered_twice_has_the_key_of_the_other_registration_whoever_asked() {
    let one = "household 19800305/101 张晓明 place=1 household=7";
    let other = "household 19800305/557 张晓明 place=1 household=7";
    let keys = [one, other].map(|it| night(it, "1").people[0].key);
    for world in [[one, other], [other, one]] {
        let joined = night(&world.join("\n"), "1 2");
        let own = joined.people[0].key;
        let aliases: Vec<_> = joined.aliases.iter().map(|it| it.key).collect();
        assert!(keys.contains(&own));
        let others: Vec<_> = keys.iter().copied().filter(|it| *it != own).collect();
        assert_eq!(aliases, others);
    }
}

#[test]
fn rows_that_were_joined_twice_over_have_one_alias() {
    let world = format!("household 19800305/101 张晓明 place=1\n{DAMAGED}\n{DAMAGED}");
    assert_eq!(night(&world, "1 2 3").aliases.len(), 1);
}
