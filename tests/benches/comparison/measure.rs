//! Time and CPU time of child processes, and ratios of pairs of runs.

use std::process::Command;
use std::time::{Duration, Instant};

use super::system::{Result, run};
use crate::table::Spread;

/// What one run took.
#[derive(Clone, Copy)]
pub struct Cost {
    pub wall: Duration,
    /// User and system time of the process and all that it started. Known on Linux alone.
    pub cpu: Option<Duration>,
}

/// The runs of two commands, in pairs.
pub struct Pairs(Vec<[Cost; 2]>);

impl Pairs {
    /// Runs both commands once for each pair. The one that goes first alternates, so that a drift of the machine's speed
    /// is not a difference between them.
    pub fn run(count: usize, mut command: impl FnMut(usize) -> Result<Command>) -> Result<Self> {
        let mut pairs = Vec::new();
        for number in 0..count {
            let (first, second) = if number % 2 == 0 { (0, 1) } else { (1, 0) };
            let mut pair = [None, None];
            for which in [first, second] {
                pair[which] = Some(cost(&mut command(which)?)?);
            }
            if let [Some(one), Some(other)] = pair {
                pairs.push([one, other]);
            }
        }
        Ok(Self(pairs))
    }

    /// The ratios of CPU time; `None` where the system does not tell it.
    pub fn cpu_ratios(&self) -> Option<Spread> {
        let ratios: Option<Vec<_>> = self
            .0
            .iter()
            .map(|[one, other]| Some(ratio(one.cpu?, other.cpu?)))
            .collect();
        Spread::of(ratios?)
    }

    /// The ratios of wall time.
    pub fn wall_ratios(&self) -> Option<Spread> {
        Spread::of(self.0.iter().map(|[one, other]| ratio(one.wall, other.wall)).collect())
    }

    /// The median CPU time of either command, in seconds.
    pub fn cpu_seconds(&self, which: usize) -> Option<f64> {
        let seconds: Option<Vec<_>> = self.0.iter().map(|pair| Some(pair[which].cpu?.as_secs_f64())).collect();
        Some(Spread::of(seconds?)?.median)
    }
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn cost(command: &mut Command) -> Result<Cost> {
    let (start, before) = (Instant::now(), children());
    run(command)?;
    let wall = start.elapsed();
    let cpu = children()
        .zip(before)
        .map(|(after, before)| after.saturating_sub(before))
        .filter(|cpu| !cpu.is_zero());
    Ok(Cost { wall, cpu })
}

/// The CPU time of all child processes that have ended, with their own children: `cutime` and `cstime` of
/// `/proc/self/stat`, in ticks of 10 ms. Other systems have no such file.
fn children() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is a name in parentheses, which may hold spaces.
    let (_, fields) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks(13)? + ticks(14)?)))
}
