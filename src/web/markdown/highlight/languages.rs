//! What the scanner must know of each language.

/// How a language is written.
#[derive(Debug)]
pub(super) struct Language {
    /// Names after the fence, in lower case, between blanks.
    names: &'static str,
    /// Between blanks.
    keywords: &'static str,
    /// `true`, `null` and their like, between blanks.
    pub(super) constants: &'static str,
    /// What begins a comment to the end of the line.
    pub(super) line_comments: &'static [&'static str],
    /// What begins and ends a comment.
    pub(super) block_comment: Option<(&'static str, &'static str)>,
    /// Signs that texts stand between.
    pub(super) quotes: &'static str,
    /// Those of them whose texts may go on over lines.
    pub(super) long_quotes: &'static str,
    /// Case does not matter in keywords.
    pub(super) caseless: bool,
    /// `$name` and `${name}` are variables.
    pub(super) variables: bool,
    /// `-x` and `--long` are options.
    pub(super) flags: bool,
    /// What stands between a key and its value, where lines are of keys.
    pub(super) key_ends: &'static str,
    /// What the lines are, where that is said by how they begin.
    pub(super) lines: Lines,
}

/// Languages whose lines are of different kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lines {
    Alike,
    /// Lines of a prompt are commands, the others what they printed.
    Session,
    /// `+` and `-` say what was added and removed.
    Diff,
}

impl Language {
    pub(super) fn is_keyword(&self, word: &str) -> bool {
        self.has(self.keywords, word)
    }

    pub(super) fn is_constant(&self, word: &str) -> bool {
        self.has(self.constants, word)
    }

    fn has(&self, list: &str, word: &str) -> bool {
        let same = |it: &str| if self.caseless { it.eq_ignore_ascii_case(word) } else { it == word };
        !list.is_empty() && list.split(' ').any(same)
    }
}

/// Returns the language that a fence names.
pub(super) fn find(name: &str) -> Option<&'static Language> {
    let name = name.to_ascii_lowercase();
    LANGUAGES.iter().find(|language| language.names.split(' ').any(|it| it == name))
}

const PLAIN: Language = Language {
    names: "",
    keywords: "",
    constants: "true false null",
    line_comments: &[],
    block_comment: None,
    quotes: "\"'",
    long_quotes: "",
    caseless: false,
    variables: false,
    flags: false,
    key_ends: "",
    lines: Lines::Alike,
};
const C_LIKE: Language =
    Language { line_comments: &["//"], block_comment: Some(("/*", "*/")), constants: "true false null", ..PLAIN };
const SHELL: Language = Language {
    keywords: "if then else elif fi for while until do done case esac in function return exit export local readonly set unset \
               source sudo trap exec eval",
    constants: "",
    line_comments: &["#"],
    quotes: "\"'`",
    long_quotes: "\"'",
    variables: true,
    flags: true,
    ..PLAIN
};

static LANGUAGES: &[Language] = &[
    Language { names: "bash sh zsh shell ksh fish shellscript", ..SHELL },
    Language {
        names: "console shell-session shellsession terminal sh-session session",
        lines: Lines::Session,
        ..SHELL
    },
    Language {
        names: "powershell ps1 pwsh ps",
        keywords: "if else elseif foreach for while do switch function param return try catch finally throw begin process end",
        block_comment: Some(("<#", "#>")),
        caseless: true,
        ..SHELL
    },
    Language {
        names: "dockerfile docker containerfile",
        keywords: "FROM RUN CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD STOPSIGNAL HEALTHCHECK SHELL AS",
        ..SHELL
    },
    Language {
        names: "makefile make mk",
        keywords: "ifeq ifneq ifdef ifndef else endif include define endef export",
        ..SHELL
    },
    Language {
        names: "python py python3 pycon traceback",
        keywords: "and as assert async await break class continue def del elif else except finally for from global if import in \
                   is lambda match case nonlocal not or pass raise return try while with yield",
        constants: "True False None self cls",
        line_comments: &["#"],
        ..PLAIN
    },
    Language {
        names: "ruby rb erb",
        keywords: "alias and begin break case class def do else elsif end ensure for if in module next not or redo rescue retry \
                   return self super then undef unless until when while yield require raise",
        constants: "true false nil",
        line_comments: &["#"],
        ..PLAIN
    },
    Language {
        names: "perl pl php",
        keywords: "my our sub use if else elsif elseif unless while for foreach return package function class public private \
                   protected static new echo print namespace try catch throw",
        line_comments: &["#", "//"],
        block_comment: Some(("/*", "*/")),
        variables: true,
        ..PLAIN
    },
    Language {
        names: "javascript js jsx typescript ts tsx node mjs",
        keywords: "async await break case catch class const continue debugger default delete do else enum export extends finally \
                   for from function if implements import in instanceof interface let new of private public readonly return \
                   static super switch throw try type typeof var void while yield",
        constants: "true false null undefined this NaN",
        quotes: "\"'`",
        long_quotes: "`",
        ..C_LIKE
    },
    Language {
        names: "go golang",
        keywords: "break case chan const continue default defer else fallthrough for func go goto if import interface map package \
                   range return select struct switch type var",
        constants: "true false nil iota string int int64 error bool byte",
        quotes: "\"'`",
        long_quotes: "`",
        ..C_LIKE
    },
    Language {
        names: "rust rs",
        keywords: "as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut \
                   pub ref return self static struct super trait type unsafe use where while",
        constants: "true false Some None Ok Err Self",
        // A single one also begins the name of a lifetime.
        quotes: "\"",
        ..C_LIKE
    },
    Language {
        names: "java kotlin kt scala groovy csharp cs c# swift dart jenkinsfile gradle",
        keywords: "abstract as async await break case catch class const continue data def default do else enum extends final \
                   finally for foreach fun func if implements import in instanceof interface internal is lazy let namespace new \
                   object open override package private protected public return sealed static struct super switch \
                   synchronized throw throws trait try using val var void volatile when while with yield",
        constants: "true false null nil this int long double boolean string String",
        ..C_LIKE
    },
    Language {
        names: "c cpp c++ cc h hpp objc cuda",
        keywords: "auto break case class const constexpr continue default delete do else enum extern for goto if inline namespace \
                   new operator private protected public return sizeof static struct switch template throw try catch typedef \
                   union using virtual volatile while",
        constants: "true false nullptr NULL void int long char bool double float unsigned size_t",
        ..C_LIKE
    },
    Language {
        names: "sql mysql postgresql postgres psql plpgsql sqlite tsql",
        keywords: "add all alter analyze and as asc begin between by cascade case check column commit concurrently constraint \
                   create database default delete desc distinct drop else end exists explain foreign from full function grant \
                   group having if in index inner insert into is join key left like limit lock not null offset on or order \
                   outer primary references replace returning revoke right rollback select set show table then to \
                   transaction trigger truncate union unique update using vacuum values view when where with",
        constants: "true false int integer bigint text varchar timestamp timestamptz boolean jsonb",
        line_comments: &["--"],
        block_comment: Some(("/*", "*/")),
        long_quotes: "'",
        caseless: true,
        ..PLAIN
    },
    Language { names: "json jsonc json5 jsonl ndjson", line_comments: &["//"], key_ends: ":", quotes: "\"", ..PLAIN },
    Language {
        names: "yaml yml helm kubernetes k8s ansible",
        constants: "true false null yes no on off ~",
        line_comments: &["#"],
        key_ends: ":",
        ..PLAIN
    },
    Language {
        names: "toml ini conf cfg properties env dotenv editorconfig systemd",
        line_comments: &["#", ";"],
        key_ends: "=",
        variables: true,
        ..PLAIN
    },
    Language {
        names: "nginx apache haproxy caddyfile",
        keywords: "server location upstream listen proxy_pass if return rewrite include http events frontend backend default \
                   global bind use_backend",
        constants: "on off",
        line_comments: &["#"],
        variables: true,
        ..PLAIN
    },
    Language {
        names: "hcl terraform tf tofu",
        keywords: "resource data variable output locals module provider terraform for in if for_each dynamic moved import",
        line_comments: &["#", "//"],
        block_comment: Some(("/*", "*/")),
        key_ends: "=",
        quotes: "\"",
        ..PLAIN
    },
    Language {
        names: "promql logql graphql cypher kusto kql datalog",
        keywords: "sum avg min max count rate irate increase by without on ignoring offset and or unless topk bottomk quantile \
                   histogram_quantile query mutation fragment type where project summarize extend",
        line_comments: &["#", "//"],
        ..PLAIN
    },
    Language {
        names: "xml html svg xhtml vue",
        constants: "",
        block_comment: Some(("<!--", "-->")),
        key_ends: "=",
        ..PLAIN
    },
    Language { names: "css scss less", block_comment: Some(("/*", "*/")), key_ends: ":", ..PLAIN },
    Language {
        names: "log logs logfmt syslog",
        keywords: "INFO DEBUG TRACE NOTICE",
        constants: "true false null nil",
        quotes: "\"",
        ..PLAIN
    },
    Language {
        names: "http https rest",
        keywords: "GET POST PUT PATCH DELETE HEAD OPTIONS HTTP",
        key_ends: ":",
        quotes: "\"",
        ..PLAIN
    },
    Language { names: "diff patch udiff", quotes: "", lines: Lines::Diff, ..PLAIN },
];
