//! The command line: low-level arguments, turned once into what a command needs to know.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::{self, Outcome, build::Build};
use crate::pipeline::{self, Options};

/// Turns a folder of Markdown case studies into a checked, cross-linked static library.
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
    /// Check the library and build its site
    Build(BuildArgs),
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
    /// Leave the search index out
    #[arg(long)]
    no_search: bool,
    /// Make the whole site beside the old one, then exchange the two folders
    #[arg(long)]
    swap: bool,
    /// Print how long each stage took
    #[arg(long)]
    timings: bool,
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
    let root = match cli.global.root {
        Some(root) => root,
        None => {
            let here = std::env::current_dir().context("cannot tell the current folder")?;
            pipeline::find_root(&here)?
        }
    };
    match cli.command {
        Command::Build(args) => commands::build::run(&Build {
            options: Options {
                root,
                base_url: args.base_url,
                drafts: args.drafts,
            },
            out: args.out,
            strict: args.strict,
            swap: args.swap,
            timings: args.timings,
            quiet: cli.global.quiet,
        }),
    }
}
