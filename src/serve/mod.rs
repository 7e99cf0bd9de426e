//! `serve`: the site in memory, as new as the files, for those who write them.
//!
//! ```text
//! watch ──changes──> rebuild ──view──> live <──request── http <── browser
//!   │                  │ load             └───word────> reload ──> browser
//!   └──beats──> pulse ─┘ prove later
//! ```
//!
//! One thread collects changes and rebuilds; the others answer from what it has put into [`live`]. A rebuild walks the whole
//! road anew, with the results of pure steps by the hash of what went into them ([`pipeline::Memory`](crate::pipeline)):
//! here nothing keeps track of what depends on what, so nothing can be stale.

mod guard;
mod http;
mod live;
mod moved;
mod not_found;
mod overlay;
mod poll;
mod prints;
mod problems;
mod pulse;
mod rebuild;
mod reload;
mod snapshot;
mod terminal;
mod watch;

use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::thread;

use anyhow::{Context, Result, bail};

use self::live::Live;
use self::pulse::Pulse;
use self::rebuild::Rebuilder;
use self::terminal::Terminal;
use self::watch::{Means, Watch};
use crate::console::note_line;
use crate::pipeline::Options;

/// The port that is tried first when nobody asks for one.
pub const PORT: u16 = 8000;

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Serve {
    /// What the road needs to know.
    pub options: Options,
    /// The port; without one [`PORT`], or any other if that is taken.
    pub port: Option<u16>,
    /// Look at all files again and again instead of being told of changes.
    pub poll: bool,
    /// Say nothing but problems, and the address.
    pub quiet: bool,
}

/// Serves a library until it is interrupted. When its first build is done, `is_up` is called with the address.
///
/// # Errors
/// When there is no library, or the port can't be had.
pub fn run(serve: &Serve, is_up: impl FnOnce(&str)) -> Result<()> {
    let mut options = serve.options.clone();
    let root = &options.root;
    options.root = root
        .canonicalize()
        .with_context(|| format!("cannot open the library {}", root.display()))?;
    let listener = listen(serve.port)?;
    let live = Arc::new(Live::new());
    let pulse = Arc::new(Pulse::default());
    let watch = start_watching(&options, serve.poll, &pulse)?;
    let terminal = Terminal::new(serve.quiet);
    let mut rebuilder = Rebuilder::new(options, Arc::clone(&live), pulse, terminal);
    rebuilder.begin();
    let address = format!(
        "http://{}{}",
        listener.local_addr()?,
        live.view().base_path()
    );
    let (working, ended) = tokio::sync::oneshot::channel::<()>();
    thread::spawn(move || {
        // Dropped when the thread ends, however it does.
        let _working = working;
        rebuilder.follow(watch);
    });
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .context("cannot start the server")?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        is_up(&address);
        tokio::select! {
            served = axum::serve(listener, http::router(live)) => served.context("the server has ended"),
            // Better no site than one that is no longer rebuilt.
            _ = ended => bail!("changes are no longer followed"),
            interrupted = tokio::signal::ctrl_c() => interrupted.context("cannot wait for an interrupt"),
        }
    })?;
    // Streams are open, and pages may be in the making: nobody waits for them.
    runtime.shutdown_background();
    Ok(())
}

/// Watches by events, or by looking where that was asked for or the system can't watch.
fn start_watching(options: &Options, poll: bool, pulse: &Arc<Pulse>) -> Result<Watch> {
    if !poll {
        match Watch::start(&options.root, Means::Events, pulse) {
            Ok(watch) => return Ok(watch),
            Err(error) => note_line!(
                "{error:#}: all files are looked at every few seconds instead, as with --poll."
            ),
        }
    }
    Watch::start(&options.root, Means::Polling, pulse)
}

/// Only this machine can reach the server.
fn listen(port: Option<u16>) -> Result<TcpListener> {
    let bind = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let listener = match port {
        Some(port) => bind(port).with_context(|| format!("cannot listen on port {port}"))?,
        None => bind(PORT).or_else(|error| {
            note_line!("Port {PORT} is in use ({error}): another one is used instead.");
            bind(0).context("cannot listen on any port")
        })?,
    };
    listener.set_nonblocking(true)?;
    Ok(listener)
}
