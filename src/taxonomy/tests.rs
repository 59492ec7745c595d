use super::*;
use crate::effort::effort;

#[test]
fn names_and_aliases_lead_to_one_tag() {
    let taxonomy = Taxonomy::builtin();
    for name in ["config-drift", "Configuration drift", "misconfiguration", "configuration_drift"] {
        assert_eq!(taxonomy.canonical(name), "config-drift", "{name}");
    }
    assert_eq!(taxonomy.tag("oom").map(|tag| tag.name.as_str()), Some("memory-exhaustion"));
    assert_eq!(taxonomy.canonical("Something Of Our Own"), "something-of-our-own");
    assert_eq!(taxonomy.canonical("Kapazität"), "capacity");
    assert_eq!(taxonomy.family_of("disk-full"), Some("capacity"));
    assert_eq!(taxonomy.family_of("capacity"), Some("capacity"));
    assert!(taxonomy.tag("capacity").is_none() && taxonomy.family("capacity").is_some());
}

#[test]
fn every_built_in_tag_says_what_it_is() {
    let taxonomy = Taxonomy::builtin();
    assert!(taxonomy.tags().len() >= 50 && taxonomy.families().len() >= 9);
    for tag in taxonomy.tags() {
        assert_eq!(tag.name, kebab(&tag.name));
        assert!(taxonomy.families().iter().any(|family| family.name == tag.family), "{}", tag.name);
        assert!(tag.description.ends_with('.') && tag.description.len() > 30, "{}", tag.name);
        assert!(tag.phrases.iter().any(|(language, _)| language == "en"), "{}", tag.name);
    }
}

#[test]
fn no_name_stands_for_two_things() {
    let taxonomy = Taxonomy::builtin();
    let mut seen: FxHashMap<&str, &str> = FxHashMap::default();
    let tags = taxonomy.tags().iter().flat_map(|tag| tag.aliases.iter().chain([&tag.name]).map(|it| (it, &tag.name)));
    let families = taxonomy.families().iter();
    let families = families.flat_map(|it| it.aliases.iter().chain([&it.name]).map(move |alias| (alias, &it.name)));
    let clashes: Vec<String> = tags
        .chain(families)
        .filter_map(|(alias, of)| seen.insert(alias, of).map(|other| format!("{alias}: {other} and {of}")))
        .collect();
    assert!(clashes.is_empty(), "{clashes:#?}");
}

#[test]
fn a_team_adds_changes_renames_merges_and_removes() {
    let yaml = "\
families:
  clinical:
    title: Clinical work
tags:
  wrong-patient:
    family: clinical
    description: Two members were mixed up.
    aliases: [member mix-up]
    phrases: [mixed up two members]
  config-drift:
    title: Drift
    phrases:
      en: [drifted parcel]
rename:
  bad-data: rejected-data
merge:
  power-outage: hardware-failure
  broken fan: hardware-failure
remove: [phishing]
";
    let taxonomy = Taxonomy::with_team(yaml).unwrap();
    let tag = taxonomy.tag("Member mix-up").unwrap();
    assert_eq!(
        (tag.name.as_str(), tag.family.as_str(), tag.title.as_str()),
        ("wrong-patient", "clinical", "Wrong patient")
    );
    assert_eq!(tag.phrases, [(String::new(), "mixed up two members".to_owned())]);
    let drift = taxonomy.tag("config-drift").unwrap();
    assert_eq!(drift.title, "Drift");
    assert!(drift.from_team && drift.phrases.len() > 10 && !drift.description.is_empty());
    assert_eq!(taxonomy.canonical("bad-data"), "rejected-data");
    assert_eq!(taxonomy.canonical("malformed input"), "rejected-data");
    assert_eq!(taxonomy.canonical("power failure"), "hardware-failure");
    assert_eq!(taxonomy.canonical("Broken fan"), "hardware-failure");
    assert!(taxonomy.tag("phishing").is_none());
    assert_ne!(taxonomy.fingerprint(), 0);
    assert_eq!(Taxonomy::builtin().fingerprint(), 0);
}

#[test]
fn a_tag_of_the_team_takes_its_name_from_an_alias() {
    let yaml = "tags:\n  misconfiguration:\n    family: configuration\n";
    let taxonomy = Taxonomy::with_team(yaml).unwrap();
    assert_eq!(taxonomy.canonical("misconfiguration"), "misconfiguration");
    assert_eq!(taxonomy.canonical("configuration drift"), "config-drift");
}

#[test]
fn many_tags_of_a_team_cost_no_more_than_their_number() {
    let read = |text: &str| effort(|| assert!(Taxonomy::with_team(text).is_ok()));
    let tags = |many: usize| {
        (0..many).fold("tags:\n".to_owned(), |text, at| format!("{text}  own-{at}: {{family: process}}\n"))
    };
    let merged =
        |many: usize| (0..many).fold("merge:\n".to_owned(), |text, at| format!("{text}  own-{at}: disk-full\n"));
    let families =
        |many: usize| (0..many).fold("families:\n".to_owned(), |text, at| format!("{text}  own-{at}: {{}}\n"));
    let aliases: Vec<String> = (0..400).map(|at| format!("own-{at}")).collect();
    let names = read(&format!("tags:\n  disk-full:\n    aliases: [{}]\n", aliases.join(", ")));
    for text in [tags(400), merged(400), families(400)] {
        let took = read(&text);
        assert!(took < names * 20, "{took:?}, as many names of one tag {names:?}: {}", &text[..20]);
    }
}

#[test]
fn a_name_without_a_letter_is_refused() {
    for (yaml, line) in [
        ("tags:\n  '':\n    family: process\n", 2),
        ("tags:\n  a:\n    family: process\n  '-- ':\n    family: process\n", 4),
        ("families: {'!': {}}\n", 1),
        ("rename:\n  disk-full: '…'\n", 2),
        ("merge: {'?': disk-full}\n", 1),
        ("tags:\n  disk-full:\n    aliases: [a, '*']\n", 3),
        ("families:\n  process:\n    aliases: ['']\n", 3),
    ] {
        let error = Taxonomy::with_team(yaml).unwrap_err();
        assert!(error.message.contains("is no name"), "{yaml}: {error}");
        assert_eq!(error.line, line, "{yaml}");
    }
}

#[test]
fn what_cannot_be_is_an_error_with_its_line() {
    for (yaml, line, message) in [
        ("tags:\n  new-one:\n    title: New\n", 2, "the new tag `new-one` has no family"),
        (
            "tags:\n  new-one:\n    family: nowhere\n",
            2,
            "the tag `new-one` is of the family `nowhere`, which is not there",
        ),
        ("# x\nrename:\n  disk-ful: volume-full\n", 3, "there is no tag `disk-ful`"),
        ("rename:\n  disk-full: phishing\n", 2, "`phishing` is a tag already"),
        ("merge:\n  disk-full: disk full\n", 2, "`disk-full` and `disk full` are one tag"),
        ("tags:\n  disk-full:\n    aliases: [phishing]\n", 2, "`phishing` is a tag of its own, so it is no alias"),
    ] {
        let error = Taxonomy::with_team(yaml).unwrap_err();
        assert_eq!((error.line, error.message.as_str()), (line, message), "{yaml}");
    }
    assert_eq!(Taxonomy::with_team("tags:\n  disk-full:\n    color: red\n").unwrap_err().line, 3);
    for (yaml, line) in [
        ("tags:\n  disk-full:\n    aliases: [no-such-disk]\nremove: [no-such]\n", 4),
        ("merge:\n  dnx: disk-full\n  a: phishing\nremove:\n  # no-such\n  - no-such\n", 6),
        ("tags: {a: {family: x}}\nremove: [a]\n", 1),
        ("\"remove\":\n- b\n", 2),
        ("\u{feff}remove:\n- b\n", 2),
    ] {
        assert_eq!(Taxonomy::with_team(yaml).unwrap_err().line, line, "{yaml}");
    }
    assert!(Taxonomy::with_team("rename:\n  a: [\n").unwrap_err().line > 0);
    let phrases = Taxonomy::with_team("tags:\n  disk-full:\n    phrases: 3\n").unwrap_err();
    assert!(phrases.line == 3 && phrases.message.contains("phrases are a list"), "{phrases}");
    assert_eq!(Taxonomy::with_team("# nothing yet\n").unwrap().tags().len(), Taxonomy::builtin().tags().len());
    let hint = Taxonomy::with_team("remove: [disk-ful]\n").unwrap_err().hint;
    assert_eq!(hint.as_deref(), Some("did you mean `disk-full`?"));
}
