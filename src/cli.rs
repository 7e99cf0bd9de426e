//! The command line: low-level arguments, turned once into what a command needs to know.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::check::{Check, Mend};
use crate::commands::{self, Outcome, build::Build, init::Init, new::NewStudy, schema::Schema};
use crate::diagnostics::format::Format;
use crate::pipeline::{self, Options};
use crate::serve::Serve;

/// Turns a folder of Markdown case studies into a checked, cross-linked static website.
#[derive(Debug, Parser)]
#[command(version, about, arg_required_else_help = true)]
pub struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Args)]
struct Global {
    /// The library's folder [default: the nearest one upward with site-config.toml]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto)]
    color: Color,
    /// Say nothing but problems
    #[arg(long, short, global = true)]
    quiet: bool,
    /// How many threads to use [default: as many as the machine has]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new library that builds at once: vocabulary, an example, settings for GitHub and editors
    Init(InitArgs),
    /// Begin a new piece of content
    #[command(subcommand)]
    New(New),
    /// Check the library: every problem, nothing written
    Check(CheckArgs),
    /// Check the library and build its site
    Build(BuildArgs),
    /// Show the site in a browser, as new as the files, with what is wrong over it
    Serve(ServeArgs),
    /// Say what a rule means and how to mend what breaks it; without a name, list all rules
    Explain(ExplainArgs),
    /// Print the JSON Schema of a study's front matter, from which editors complete and check
    Schema(SchemaArgs),
}

#[derive(Debug, Args)]
struct InitArgs {
    /// The folder of the new library; it is made if need be, and nothing in it is overwritten
    dir: PathBuf,
    /// What the library is called [default: the name of the folder]
    #[arg(long)]
    title: Option<String>,
    /// Address of caseloom's git repository, from which the checks on GitHub get it
    #[arg(long, value_name = "URL")]
    tool_repository: Option<String>,
}

#[derive(Debug, Subcommand)]
enum New {
    /// Write the file of a new study, with every key explained and its choices beside it
    Study(NewStudyArgs),
}

#[derive(Debug, Args)]
struct NewStudyArgs {
    /// What the study is called; its file name is made of it
    title: String,
    /// The folder below content/studies [default: none]
    #[arg(long, value_name = "NAME")]
    folder: Option<String>,
}

#[derive(Debug, Args)]
struct CheckArgs {
    /// Report only on these files and folders [default: all]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to write the problems
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
    /// List every remark (severity info), however many
    #[arg(long)]
    all: bool,
    /// Check drafts as if they were part of the site
    #[arg(long)]
    drafts: bool,
    /// Report only on files that changed since a git revision, and on problems that the change caused elsewhere
    #[arg(long, value_name = "REV", allow_hyphen_values = true)]
    changed_since: Option<String>,
    /// Mend what is certain (aliases, misspelt keys, forms of dates) and report what remains
    #[arg(long, conflicts_with = "diff")]
    fix: bool,
    /// Show what --fix would change as a diff, and write nothing
    #[arg(long, conflicts_with = "format")]
    diff: bool,
}

#[derive(Debug, Args)]
struct ExplainArgs {
    /// The name of a rule, as messages show it in brackets
    rule: Option<String>,
}

#[derive(Debug, Args)]
struct SchemaArgs {
    /// Print the configuration of Pages CMS, the editor in a browser, instead
    #[arg(long)]
    pages_cms: bool,
}

#[derive(Debug, Args)]
struct BuildArgs {
    /// Where the site goes [default: `build.out` of site-config.toml, which is public unless set]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The address that the site will have, instead of the configured one
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Build drafts too, marked as such
    #[arg(long)]
    drafts: bool,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
    /// Leave search out: its index, its page, and the box on every page
    #[arg(long)]
    no_search: bool,
    /// Make the whole site beside the old one, then exchange the two folders
    #[arg(long)]
    swap: bool,
    /// Use nothing of the last build, and keep nothing for the next
    #[arg(long)]
    no_cache: bool,
    /// Print how long each stage took
    #[arg(long)]
    timings: bool,
}

#[derive(Debug, Args)]
struct ServeArgs {
    /// The port on this machine; 0 is any that is free [default: 8000, or any that is free]
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Open the first page in a browser
    #[arg(long)]
    open: bool,
    /// Show drafts too, marked as such
    #[arg(long)]
    drafts: bool,
    /// Leave search out: its index, its page, and the box on every page
    #[arg(long)]
    no_search: bool,
    /// Look at all files again and again, for file systems that don't tell of changes
    #[arg(long)]
    poll: bool,
}

/// Runs the command that was asked for.
///
/// # Errors
/// When the tool can't do its work.
pub fn run(cli: Cli) -> Result<Outcome> {
    match cli.global.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::AlwaysAnsi,
        Color::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    if let Some(threads) = cli.global.threads {
        rayon::ThreadPoolBuilder::new()
            .num_threads(usize::from(threads))
            .build_global()
            .context("cannot start the threads")?;
    }
    match cli.command {
        Command::Init(args) => {
            if cli.global.root.is_some() {
                bail!("`init` takes the folder without --root: caseloom init DIR");
            }
            commands::init::run(&Init {
                dir: args.dir,
                title: args.title,
                tool_repository: args.tool_repository,
                today: pipeline::today(),
                quiet: cli.global.quiet,
            })
        }
        Command::New(New::Study(args)) => commands::new::study(&NewStudy {
            root: root(cli.global.root)?,
            title: args.title,
            folder: args.folder,
            today: pipeline::today(),
            quiet: cli.global.quiet,
        }),
        Command::Check(args) => commands::check::run(&Check {
            options: Options {
                root: root(cli.global.root)?,
                base_url: None,
                drafts: args.drafts,
                search: true,
                today: pipeline::today(),
            },
            paths: args.paths,
            format: args.format,
            strict: args.strict,
            all: args.all,
            changed_since: args.changed_since,
            mend: match (args.fix, args.diff) {
                (true, _) => Mend::Write,
                (_, true) => Mend::Show,
                _ => Mend::No,
            },
            quiet: cli.global.quiet,
        }),
        Command::Build(args) => commands::build::run(&Build {
            options: Options {
                root: root(cli.global.root)?,
                base_url: args.base_url,
                drafts: args.drafts,
                search: !args.no_search,
                today: pipeline::today(),
            },
            out: args.out,
            strict: args.strict,
            swap: args.swap,
            no_cache: args.no_cache,
            timings: args.timings,
            quiet: cli.global.quiet,
        }),
        Command::Serve(args) => commands::serve::run(
            &Serve {
                options: Options {
                    root: root(cli.global.root)?,
                    base_url: None,
                    drafts: args.drafts,
                    search: !args.no_search,
                    today: pipeline::today(),
                },
                port: args.port,
                poll: args.poll,
                quiet: cli.global.quiet,
            },
            args.open,
        ),
        Command::Explain(args) => commands::explain::run(args.rule.as_deref()),
        Command::Schema(args) => commands::schema::run(&Schema {
            root: root(cli.global.root)?,
            pages_cms: args.pages_cms,
            today: pipeline::today(),
        }),
    }
}

/// The library's folder: the one that was named, or the nearest one upward.
fn root(named: Option<PathBuf>) -> Result<PathBuf> {
    match named {
        Some(root) => Ok(root),
        None => {
            let here = std::env::current_dir().context("cannot tell the current folder")?;
            pipeline::find_root(&here)
        }
    }
}
