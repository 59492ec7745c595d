//! Help: a change of the command line shows here.

use crate::support::Sandbox;

fn help(args: &[&str]) -> String {
    let run = Sandbox::new().run(args);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    // Trailing blanks of wrapped lines would be lost in an editor.
    run.stdout.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn of_the_program() {
    insta::assert_snapshot!(help(&["--help"]), @r"
    Search, read and serve incident reports kept as Markdown

    Point it at a folder of incident reports, postmortems, root-cause analyses and
    resolutions as they are. No document is changed unless you ask for it: the index
    is derived from the files and can be deleted at any time.

    Usage: ris [OPTIONS] <COMMAND>

    Commands:
      search   Find documents by words, or by a pasted error or log
      list     List documents, newest incident first
      show     Show a document, found by id, path or file name
      related  Find incidents related to a document, and say why
      tags     List root-cause tags, suggest them for documents, merge them
      actions  List action items of all documents, the earliest due first
      serve    Serve the knowledge base in the browser
      index    Bring the index up to date with the files, or account for every file
      inspect  Show what is read from a file, from which line, and what is wrong
               with it

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
      ris list --status open             list incidents
      ris show INC-2026-02               read one
      ris related INC-2026-02            what is it like, and why?
      ris actions --overdue              what should have been done by now
      ris serve                          all of it in the browser

    Exit codes:
      0  done
      1  ran well, and the answer is no: no hit, no such document, overdue under
      --fail-on
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
              Only documents of this severity

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
      kubectl logs api | ris search --log -
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
          --severity <LEVEL>  Only documents of this severity [possible values:
                              critical, high, medium, low, info]
          --status <STATUS>   Only documents of this status [possible values: open,
                              investigating, mitigated, resolved, closed]
          --kind <KIND>       Only documents of this kind [possible values:
                              incident, resolution, rca, fix-plan, drill, near-miss,
                              other]
          --service <NAME>    Only documents that name this service
          --tag <TAG>         Only documents with this root-cause tag
          --owner <NAME>      Only documents with this owner
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
      ris tags suggest incidents/2026            what documents could state, and why
      ris tags suggest INC-7.md --write          state it, after showing the change
      ris tags merge misconfig config-drift      make one tag of two, shown as a
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
      ris tags suggest incidents/2026/INC-2026-08-portal-502.md
      ris tags suggest incidents --format json
      ris tags suggest incidents --tag missing-alert --write
      ris tags suggest INC-7.md --write --yes
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
