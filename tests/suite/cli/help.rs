//! Help: a change of the command line shows here.

use crate::support::Sandbox;

fn help(args: &[&str]) -> String {
    let run = Sandbox::new().run(args);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    // Trailing blanks of wrapped lines would be lost in an editor.
    run.stdout.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "the whole page is what is looked at")]
fn of_the_program() {
    insta::assert_snapshot!(help(&["--help"]), @r"
    Search, read and serve incident reports kept as Markdown

    Point it at a folder of incident reports, postmortems, root-cause analyses and
    resolutions as they are. No document is changed unless you ask for it: the index
    is derived from the files and can be deleted at any time.

    Usage: ris [OPTIONS] <COMMAND>

    Commands:
      search       Find documents by words, or by a pasted error or log
      list         List documents, newest incident first
      show         Show a document, found by id, path or file name
      related      Find incidents related to a document, and say why
      tags         List root-cause tags, suggest them for documents, merge them
      actions      List action items of all documents, the earliest due first
      stats        Count incidents of a period: by time and severity, cause and
                   service; times to detect and resolve; action items
      check        Find what is wrong with the documents: contradictions, open ends,
                   dead links, secrets
      controls     List the controls that documents cite, with incidents, documents
                   and the newest incident of each
      retention    List until when each record is kept, which period decides, and
                   what stands against disposal
      review       List the reviews that documents promise, the most overdue first,
                   or record one
      init         Make a knowledge base in a folder, empty or not
      new          Write a new document from a template
      adopt        Bring existing documents in: state in their front matter what
                   their text says
      log          Add a time-stamped entry to the timeline of the open incident
      resolve      Make the resolution document of an incident and set its status
      evidence     Collect evidence for an auditor: every incident of a period, and
                   proof that none is missing
      verify       Check a bundle of evidence: nothing changed, nothing missing,
                   nothing added, and who signed it
      serve        Serve the knowledge base in the browser
      index        Bring the index up to date with the files, or account for every
                   file
      inspect      Show what is read from a file, from which line, and what is wrong
                   with it
      completions  Print the script by which your shell completes ris
      man          Print a manual page, or write all of them into a folder

    Options:
      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    Shared options:
          --kb <DIR>
              Folder of the knowledge base; else the nearest one upward with a
              ris.toml, else this one

              [env: RIS_KB]

          --format <FORMAT>
              Form of the output: text for people, json for programs (one object a
              line)

              [default: text]
              [possible values: text, json]

          --color <WHEN>
              When to use colours; auto heeds the terminal, NO_COLOR and CLICOLOR

              [default: auto]
              [possible values: auto, always, never]

      -q, --quiet
              Print nothing but the answer and errors

      -v, --verbose
              Say more about what is done

    Examples:
      ris search 'redis connections'     find incidents by words
      ris search --log error.txt         seen before? how was it fixed?
      ris list --status investigating    list incidents
      ris show INC-2026-02               read one
      ris related INC-2026-02            what is it like, and why?
      ris new incident 'what broke'      write one
      ris log 'pool raised to 40'        add to the timeline of the open incident
      ris resolve INC-2026-07            its resolution document, as a diff
      ris actions --overdue              what should have been done by now
      ris controls soc2 --in 2026        which controls a year is evidence for
      ris evidence 2026-H1               every incident of a period, for the auditor
      ris serve                          all of it in the browser

    Exit codes:
      0  done
      1  ran well, and the answer is no: no hit, no such document, overdue items
      2  usage, configuration or I/O
    ");
}

#[test]
fn of_search() {
    insta::assert_snapshot!(help(&["search", "--help"]), @r#"
    Find documents by words, or by a pasted error or log

    All words must occur; typos are forgiven where the exact word finds little. The
    index is brought up to date first.

    Usage: ris search [OPTIONS] [QUERY]...

    Arguments:
      [QUERY]...
              Words to look for

    Options:
          --log <FILE>
              Find the incidents that the error, stack trace or log in FILE reminds
              of (- for stdin)

          --sort <ORDER>
              Order of the hits: best, newest or most severe first

              [default: relevance]
              [possible values: relevance, date, severity]

          --limit <N>
              Number of hits to show [default: 10, with --log 5]

          --no-sync
              Answer from the index as it is, without looking at the files first

      -h, --help
              Print help (see a summary with '-h')

    Filters:
          --severity <LEVEL>
              Only documents of this severity (also P0 to P4, SEV1 to SEV5)

              [possible values: critical, high, medium, low, info]

          --status <STATUS>
              Only documents of this status

              [possible values: open, investigating, mitigated, resolved, closed]

          --kind <KIND>
              Only documents of this kind

              [possible values: incident, resolution, rca, fix-plan, drill,
              near-miss, other]

          --service <NAME>
              Only documents that name this service

          --tag <TAG>
              Only documents with this root-cause tag

          --owner <NAME>
              Only documents with this owner

          --control <ID>
              Only documents that map to this control (CC7.4, A.5.26,
              164.308(a)(6)(ii))

          --project <NAME>
              Only documents of this project

          --before <DATE>
              Only incidents that began before this day (2025, 2025-12 or
              2025-12-17)

          --after <DATE>
              Only incidents that began after this day

          --in <DATE>
              Only incidents that began in this year, month or day

    Shared options:
          --kb <DIR>
              Folder of the knowledge base; else the nearest one upward with a
              ris.toml, else this one

              [env: RIS_KB]

          --format <FORMAT>
              Form of the output: text for people, json for programs (one object a
              line)

              [default: text]
              [possible values: text, json]

          --color <WHEN>
              When to use colours; auto heeds the terminal, NO_COLOR and CLICOLOR

              [default: auto]
              [possible values: auto, always, never]

      -q, --quiet
              Print nothing but the answer and errors

      -v, --verbose
              Say more about what is done

    Query:
      "exact phrase"  -without  this OR that  prefix*
      severity:high  status:open  kind:rca  service:api  tag:dns  owner:ana
      id:INC-2026-02  before:2025-06  after:2025-01-31  in:2025-12
      any.front-matter.key:value

    Examples:
      ris search 'connection refused'
      ris search '"connection slots" OR maxclients' --severity critical,high
      ris search --log error.txt
      tail -n 200 error.txt | ris search --log -
    "#);
}

#[test]
fn of_list() {
    insta::assert_snapshot!(help(&["list", "--help"]), @r"
    List documents, newest incident first

    Usage: ris list [OPTIONS]

    Options:
          --sort <ORDER>  Order of the documents: newest or most severe first
                          [default: date] [possible values: date, severity]
          --limit <N>     Number of documents to show; 0 for all [default: 50]
          --no-sync       Answer from the index as it is, without looking at the
                          files first
      -h, --help          Print help

    Filters:
          --severity <LEVEL>  Only documents of this severity (also P0 to P4, SEV1
                              to SEV5) [possible values: critical, high, medium,
                              low, info]
          --status <STATUS>   Only documents of this status [possible values: open,
                              investigating, mitigated, resolved, closed]
          --kind <KIND>       Only documents of this kind [possible values:
                              incident, resolution, rca, fix-plan, drill, near-miss,
                              other]
          --service <NAME>    Only documents that name this service
          --tag <TAG>         Only documents with this root-cause tag
          --owner <NAME>      Only documents with this owner
          --control <ID>      Only documents that map to this control (CC7.4,
                              A.5.26, 164.308(a)(6)(ii))
          --project <NAME>    Only documents of this project
          --before <DATE>     Only incidents that began before this day (2025,
                              2025-12 or 2025-12-17)
          --after <DATE>      Only incidents that began after this day
          --in <DATE>         Only incidents that began in this year, month or day

    Shared options:
          --kb <DIR>         Folder of the knowledge base; else the nearest one
                             upward with a ris.toml, else this one [env: RIS_KB]
          --format <FORMAT>  Form of the output: text for people, json for programs
                             (one object a line) [default: text] [possible values:
                             text, json]
          --color <WHEN>     When to use colours; auto heeds the terminal, NO_COLOR
                             and CLICOLOR [default: auto] [possible values: auto,
                             always, never]
      -q, --quiet            Print nothing but the answer and errors
      -v, --verbose          Say more about what is done

    Examples:
      ris list --status open,investigating
      ris list --severity critical,high --after 2025-06 --sort severity
      ris list --kind rca --format json
    ");
}

#[test]
fn of_show() {
    insta::assert_snapshot!(help(&["show", "--help"]), @r"
    Show a document, found by id, path or file name

    Usage: ris show [OPTIONS] <ID|PATH>

    Arguments:
      <ID|PATH>  Id, path or file name of the document

    Options:
          --raw      Print the file as it is
          --no-sync  Answer from the index as it is, without looking at the files
                     first
      -h, --help     Print help

    Shared options:
          --kb <DIR>         Folder of the knowledge base; else the nearest one
                             upward with a ris.toml, else this one [env: RIS_KB]
          --format <FORMAT>  Form of the output: text for people, json for programs
                             (one object a line) [default: text] [possible values:
                             text, json]
          --color <WHEN>     When to use colours; auto heeds the terminal, NO_COLOR
                             and CLICOLOR [default: auto] [possible values: auto,
                             always, never]
      -q, --quiet            Print nothing but the answer and errors
      -v, --verbose          Say more about what is done

    Examples:
      ris show INC-2026-02
      ris show incidents/2026/INC-2026-08-portal-502.md
      ris show INC-2026-02 --raw > copy.md
    ");
}

#[test]
fn of_related() {
    insta::assert_snapshot!(help(&["related", "--help"]), @r"
    Find incidents related to a document, and say why

    Incidents are related by root-cause tags (rare ones count more), affected
    services, rare names such as error classes, hosts and settings, rare words, and
    references in either direction. Documents about the same incident are listed
    apart.

    Usage: ris related [OPTIONS] <ID|PATH>

    Arguments:
      <ID|PATH>
              Id, path or file name of the document

    Options:
          --limit <N>
              Number of incidents to show

              [default: 10]

          --no-sync
              Answer from the index as it is, without looking at the files first

      -h, --help
              Print help (see a summary with '-h')

    Shared options:
          --kb <DIR>
              Folder of the knowledge base; else the nearest one upward with a
              ris.toml, else this one

              [env: RIS_KB]

          --format <FORMAT>
              Form of the output: text for people, json for programs (one object a
              line)

              [default: text]
              [possible values: text, json]

          --color <WHEN>
              When to use colours; auto heeds the terminal, NO_COLOR and CLICOLOR

              [default: auto]
              [possible values: auto, always, never]

      -q, --quiet
              Print nothing but the answer and errors

      -v, --verbose
              Say more about what is done

    Examples:
      ris related INC-2026-02
      ris related 2026/INC-2026-08-portal-502.md --limit 3
      ris related INC-2026-02 --format json
    ");
}

#[test]
fn of_tags() {
    insta::assert_snapshot!(help(&["tags", "--help"]), @r"
    List root-cause tags, suggest them for documents, merge them

    A tag is stated by a person (front matter, `Category:`) or inferred by ris from
    what the root-cause, contributing-factor and lessons sections say. Counts keep
    the two apart.

    Usage: ris tags [OPTIONS]
           ris tags <COMMAND>

    Commands:
      suggest  Show the tags that documents could state, with the words that speak
               for each
      merge    Replace a tag by another in every document that states it

    Options:
          --family <NAME>
              Only tags of this family

          --all
              Also tags that no document has

          --no-sync
              Answer from the index as it is, without looking at the files first

      -h, --help
              Print help (see a summary with '-h')

    Shared options:
          --kb <DIR>
              Folder of the knowledge base; else the nearest one upward with a
              ris.toml, else this one

              [env: RIS_KB]

          --format <FORMAT>
              Form of the output: text for people, json for programs (one object a
              line)

              [default: text]
              [possible values: text, json]

          --color <WHEN>
              When to use colours; auto heeds the terminal, NO_COLOR and CLICOLOR

              [default: auto]
              [possible values: auto, always, never]

      -q, --quiet
              Print nothing but the answer and errors

      -v, --verbose
              Say more about what is done

    Examples:
      ris tags                                   the tags in use
      ris tags --family capacity --all           every tag of a family, used or not
      ris tags suggest incidents/2025            what documents could state, and why
      ris tags suggest incidents/2024 --write    state it, after showing the change
      ris tags merge queue-backlog backlog       make one tag of two, shown as a
      diff
    ");
}

#[test]
fn of_tags_suggest() {
    insta::assert_snapshot!(help(&["tags", "suggest", "--help"]), @r"
    Show the tags that documents could state, with the words that speak for each

    With --write the tags go into the front matter: by the smallest edit, shown as a
    diff first.

    Usage: ris tags suggest [OPTIONS] <PATH>...

    Arguments:
      <PATH>...
              Documents, or folders of documents

    Options:
          --tag <TAG>
              Only this tag; may be given more than once

          --write
              Write the change into the documents, after showing it and asking

      -y, --yes
              Do not ask

      -h, --help
              Print help (see a summary with '-h')

    Shared options:
          --kb <DIR>
              Folder of the knowledge base; else the nearest one upward with a
              ris.toml, else this one

              [env: RIS_KB]

          --format <FORMAT>
              Form of the output: text for people, json for programs (one object a
              line)

              [default: text]
              [possible values: text, json]

          --color <WHEN>
              When to use colours; auto heeds the terminal, NO_COLOR and CLICOLOR

              [default: auto]
              [possible values: auto, always, never]

      -q, --quiet
              Print nothing but the answer and errors

      -v, --verbose
              Say more about what is done

    Examples:
      ris tags suggest incidents/2025/INC-2025-04-dns-resolver.md
      ris tags suggest incidents --format json
      ris tags suggest incidents --tag missing-alert --write
      ris tags suggest incidents/2025/INC-2025-04-dns-resolver.md --write --yes
    ");
}

#[test]
fn of_tags_merge() {
    insta::assert_snapshot!(help(&["tags", "merge", "--help"]), @r"
    Replace a tag by another in every document that states it

    Shows the change as a unified diff and writes nothing without --write.

    Usage: ris tags merge [OPTIONS] <FROM> <TO>

    Arguments:
      <FROM>
              The tag that goes, as it is written

      <TO>
              The tag that takes its place

    Options:
          --write
              Write the change into the documents, after showing it and asking

      -y, --yes
              Do not ask

          --no-sync
              Answer from the index as it is, without looking at the files first

      -h, --help
              Print help (see a summary with '-h')

    Shared options:
          --kb <DIR>
              Folder of the knowledge base; else the nearest one upward with a
              ris.toml, else this one

              [env: RIS_KB]

          --format <FORMAT>
              Form of the output: text for people, json for programs (one object a
              line)

              [default: text]
              [possible values: text, json]

          --color <WHEN>
              When to use colours; auto heeds the terminal, NO_COLOR and CLICOLOR

              [default: auto]
              [possible values: auto, always, never]

      -q, --quiet
              Print nothing but the answer and errors

      -v, --verbose
              Say more about what is done

    Examples:
      ris tags merge failed-migration migration-failure
      ris tags merge failed-migration migration-failure --write
    ");
}

#[test]
fn of_serve() {
    insta::assert_snapshot!(help(&["serve", "--help"]), @r"
    Serve the knowledge base in the browser

    Listens on this machine only, unless told otherwise. Changed files show at once.
    Ctrl+C stops it.

    Usage: ris serve [OPTIONS]

    Options:
          --port <PORT>
              Port to listen on; 0 takes any free one

              [default: 7420]

          --address <ADDRESS>
              Address to listen on

              [default: 127.0.0.1]

          --allow-host <NAME>
              Name under which browsers may call the server, beside localhost; can
              be given several times

      -h, --help
              Print help (see a summary with '-h')

    Shared options:
          --kb <DIR>
              Folder of the knowledge base; else the nearest one upward with a
              ris.toml, else this one

              [env: RIS_KB]

          --format <FORMAT>
              Form of the output: text for people, json for programs (one object a
              line)

              [default: text]
              [possible values: text, json]

          --color <WHEN>
              When to use colours; auto heeds the terminal, NO_COLOR and CLICOLOR

              [default: auto]
              [possible values: auto, always, never]

      -q, --quiet
              Print nothing but the answer and errors

      -v, --verbose
              Say more about what is done

    Examples:
      ris serve                    http://127.0.0.1:7420, on this machine only
      ris serve --port 0           any free port
      ris serve --address 0.0.0.0  for the whole network, without a login
    ");
}

#[test]
fn of_index() {
    insta::assert_snapshot!(help(&["index", "--help"]), @r"
    Bring the index up to date with the files, or account for every file

    The other commands do this by themselves; run it to see what was read, what was
    not, and why.

    Usage: ris index [OPTIONS]

    Options:
          --rebuild
              Throw the index away and read every file again

          --status
              Change nothing; tell what became of every file and how old the index
              is

      -h, --help
              Print help (see a summary with '-h')

    Shared options:
          --kb <DIR>
              Folder of the knowledge base; else the nearest one upward with a
              ris.toml, else this one

              [env: RIS_KB]

          --format <FORMAT>
              Form of the output: text for people, json for programs (one object a
              line)

              [default: text]
              [possible values: text, json]

          --color <WHEN>
              When to use colours; auto heeds the terminal, NO_COLOR and CLICOLOR

              [default: auto]
              [possible values: auto, always, never]

      -q, --quiet
              Print nothing but the answer and errors

      -v, --verbose
              Say more about what is done

    Examples:
      ris index             read what is new or changed
      ris index --status    what became of every file, and how old the index is
      ris index --rebuild   start anew
    ");
}

#[test]
fn of_inspect() {
    insta::assert_snapshot!(help(&["inspect", "--help"]), @r"
    Show what is read from a file, from which line, and what is wrong with it

    Works on any file, inside a knowledge base or not. Every value is `stated` by a
    person or `inferred` by ris.

    Usage: ris inspect [OPTIONS] <FILE>...

    Arguments:
      <FILE>...
              Files to read

    Options:
      -h, --help
              Print help (see a summary with '-h')

    Shared options:
          --kb <DIR>
              Folder of the knowledge base; else the nearest one upward with a
              ris.toml, else this one

              [env: RIS_KB]

          --format <FORMAT>
              Form of the output: text for people, json for programs (one object a
              line)

              [default: text]
              [possible values: text, json]

          --color <WHEN>
              When to use colours; auto heeds the terminal, NO_COLOR and CLICOLOR

              [default: auto]
              [possible values: auto, always, never]

      -q, --quiet
              Print nothing but the answer and errors

      -v, --verbose
              Say more about what is done

    Examples:
      ris inspect incidents/2026/INC-2026-08-portal-502.md
      ris inspect incidents/2026/*.md --format json | jq .severity
    ");
}

#[test]
fn no_command_is_an_error_of_usage() {
    let run = Sandbox::new().run::<&str>([]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("Usage: ris"), "{run}");
}

#[test]
fn a_misspelt_command_or_flag_gets_the_nearest_one() {
    let run = Sandbox::new().run(["serach", "x"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("search"), "{run}");
    let run = Sandbox::new().run(["list", "--severty", "high"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("--severity"), "{run}");
}

#[test]
fn of_actions() {
    insta::assert_snapshot!(help(&["actions", "--help"]), @r"
    List action items of all documents, the earliest due first

    Age and severity are those of the incident; items without a due date come last.

    Usage: ris actions [OPTIONS]

    Options:
          --open
              Only items that are not done (the default)

          --overdue
              Only open items past their due date

          --done
              Only items that are done

          --all
              Items in every state

          --owner <NAME>
              Only items of this owner, by name or a word of it; `nobody` for items
              without one

          --class <CLASS>
              Only items of this class; `all` for every class

              [default: action]
              [possible values: action, verification, checklist, all]

          --severity <LEVEL>
              Only items of incidents of this severity (also P0 to P4, SEV1 to SEV5)

              [possible values: critical, high, medium, low, info]

          --sort <ORDER>
              Order of the items: due date, age of the incident, or its severity

              [default: due]
              [possible values: due, age, severity]

          --limit <N>
              Number of items to show; 0 for all

              [default: 50]

          --fail-on <STATE>
              Exit with 1 if any item of the list is in this state

              [possible values: overdue, open]

          --no-sync
              Answer from the index as it is, without looking at the files first

      -h, --help
              Print help (see a summary with '-h')

    Shared options:
          --kb <DIR>
              Folder of the knowledge base; else the nearest one upward with a
              ris.toml, else this one

              [env: RIS_KB]

          --format <FORMAT>
              Form of the output: text for people, json for programs (one object a
              line)

              [default: text]
              [possible values: text, json]

          --color <WHEN>
              When to use colours; auto heeds the terminal, NO_COLOR and CLICOLOR

              [default: auto]
              [possible values: auto, always, never]

      -q, --quiet
              Print nothing but the answer and errors

      -v, --verbose
              Say more about what is done

    Examples:
      ris actions --overdue
      ris actions --owner halloran --sort severity
      ris actions --overdue --fail-on overdue --quiet   exits with 1 if anything is
      overdue
    ");
}

#[test]
fn of_completions() {
    insta::assert_snapshot!(help(&["completions", "--help"]), @r"
    Print the script by which your shell completes ris

    Commands and flags are completed, and the ids, services, tags, owners and
    controls of the knowledge base. Those come from the index as it is; the files
    are not looked at. Let the shell run this command when it starts rather than
    keep what it prints: the script belongs to this version of ris.

    Usage: ris completions [OPTIONS] <SHELL>

    Arguments:
      <SHELL>
              The shell

              [possible values: bash, zsh, fish]

    Options:
      -h, --help
              Print help (see a summary with '-h')

    Shared options:
          --kb <DIR>
              Folder of the knowledge base; else the nearest one upward with a
              ris.toml, else this one

              [env: RIS_KB]

          --format <FORMAT>
              Form of the output: text for people, json for programs (one object a
              line)

              [default: text]
              [possible values: text, json]

          --color <WHEN>
              When to use colours; auto heeds the terminal, NO_COLOR and CLICOLOR

              [default: auto]
              [possible values: auto, always, never]

      -q, --quiet
              Print nothing but the answer and errors

      -v, --verbose
              Say more about what is done

    Examples:
      ris completions bash
      ris completions zsh
      ris completions fish

    Put one of these into the start-up file of your shell:
      source <(ris completions bash)     ~/.bashrc
      source <(ris completions zsh)      ~/.zshrc, below compinit
      ris completions fish | source      ~/.config/fish/config.fish
    ");
}

#[test]
fn of_man() {
    insta::assert_snapshot!(help(&["man", "--help"]), @r"
    Print a manual page, or write all of them into a folder

    `ris man | man -l -` shows one. Packagers put the folder where man looks for
    section 1.

    Usage: ris man [OPTIONS] [COMMAND]...

    Arguments:
      [COMMAND]...
              The command whose page is printed

    Options:
          --out <DIR>
              Folder that every page is written into

      -h, --help
              Print help (see a summary with '-h')

    Shared options:
          --kb <DIR>
              Folder of the knowledge base; else the nearest one upward with a
              ris.toml, else this one

              [env: RIS_KB]

          --format <FORMAT>
              Form of the output: text for people, json for programs (one object a
              line)

              [default: text]
              [possible values: text, json]

          --color <WHEN>
              When to use colours; auto heeds the terminal, NO_COLOR and CLICOLOR

              [default: auto]
              [possible values: auto, always, never]

      -q, --quiet
              Print nothing but the answer and errors

      -v, --verbose
              Say more about what is done

    Examples:
      ris man                                  the page of ris itself
      ris man tags suggest                     the page of a command
      ris man --out man1                       every page, as files of a folder
    ");
}

#[test]
fn of_log() {
    insta::assert_snapshot!(help(&["log", "--help"]), @r"
    Add a time-stamped entry to the timeline of the open incident

    The entry gets the form that the timeline has (row, item, line or heading) and
    its place in the order of time; a document without a timeline gets one. Several
    people can do it at once. Without --id there must be one incident that is open
    or under investigation (or else one that is only mitigated). Times are in the
    zone that ris.toml names, UTC if it names none.

    Usage: ris log [OPTIONS] <TEXT>...

    Arguments:
      <TEXT>...
              What happened

    Options:
          --id <ID|PATH>
              The incident: id, path or file name of its report

          --at <TIME>
              When, if not now: '17:40', '17:40 UTC', 'yesterday 23:50', '10 min
              ago', '2026-11-20 17:40'

          --dry-run
              Show the change and write nothing

          --no-sync
              Answer from the index as it is, without looking at the files first

      -h, --help
              Print help (see a summary with '-h')

    Shared options:
          --kb <DIR>
              Folder of the knowledge base; else the nearest one upward with a
              ris.toml, else this one

              [env: RIS_KB]

          --format <FORMAT>
              Form of the output: text for people, json for programs (one object a
              line)

              [default: text]
              [possible values: text, json]

          --color <WHEN>
              When to use colours; auto heeds the terminal, NO_COLOR and CLICOLOR

              [default: auto]
              [possible values: auto, always, never]

      -q, --quiet
              Print nothing but the answer and errors

      -v, --verbose
              Say more about what is done

    Examples:
      ris log 'keep-alive raised to 65 s on one pod'
      ris log --at '08:40 UTC' 'first 502 after the deployment'
      ris log --at 'yesterday 23:50' 'paged by the synthetic login'
      ris log --at '10 min ago' --dry-run 'asked the vendor'
      ris log --id INC-2026-07 'limits lowered again'
    ");
}

#[test]
fn of_resolve() {
    insta::assert_snapshot!(help(&["resolve", "--help"]), @r"
    Make the resolution document of an incident and set its status

    Facts, cause, merged timeline with its durations, steps, checks, action items,
    related incidents and the compliance block are taken from all documents of the
    incident; what they do not say stays a question. Secrets are left out. Shows
    everything as a diff and writes nothing without --write. The parts that ris made
    stand between marks; --update makes those anew that nobody changed since and
    touches nothing else.

    Usage: ris resolve [OPTIONS] <ID|PATH>

    Arguments:
      <ID|PATH>
              Id, path or file name of the incident; with --update also of the
              resolution

    Options:
          --update
              Make the generated parts of the resolution that is there anew

          --overwrite <PART>
              With --update: also this part, though somebody changed it; may be
              given more than once

          --again
              Make a resolution though the incident is resolved, or has one, already

          --status <STATUS>
              The status that the incident gets

              [default: resolved]
              [possible values: resolved, closed]

          --new-id <ID>
              Id of the resolution, instead of one by the pattern of ris.toml

          --path <PATH>
              Path of the resolution below the knowledge base, instead of one beside
              the report

          --dry-run
              Show the change and write nothing (the default)

          --write
              Write the change into the documents, after showing it and asking

      -y, --yes
              Do not ask

          --no-sync
              Answer from the index as it is, without looking at the files first

      -h, --help
              Print help (see a summary with '-h')

    Shared options:
          --kb <DIR>
              Folder of the knowledge base; else the nearest one upward with a
              ris.toml, else this one

              [env: RIS_KB]

          --format <FORMAT>
              Form of the output: text for people, json for programs (one object a
              line)

              [default: text]
              [possible values: text, json]

          --color <WHEN>
              When to use colours; auto heeds the terminal, NO_COLOR and CLICOLOR

              [default: auto]
              [possible values: auto, always, never]

      -q, --quiet
              Print nothing but the answer and errors

      -v, --verbose
              Say more about what is done

    Examples:
      ris resolve INC-2026-07                        what it would write, as a diff
      ris resolve INC-2026-07 --write                write it, after showing it
      ris resolve INC-2026-02 --again --write        one that is resolved, but has
      no resolution document
      ris resolve INC-2026-07 --write --yes && ris resolve INC-2026-07 --update
    ");
}
