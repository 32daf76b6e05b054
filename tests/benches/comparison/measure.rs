//! Measures wall time and CPU time of child processes, and compares pairs of runs.

use std::process::Command;
use std::time::{Duration, Instant};

use super::system::{Result, run};
use crate::table::Spread;

/// The time taken by one run.
#[derive(Clone, Copy)]
pub struct Cost {
    pub wall: Duration,
    /// User and system time of the process and its descendants. Available on Linux only.
    pub cpu: Option<Duration>,
}

/// Pairs of runs of two commands.
pub struct Pairs(Vec<[Cost; 2]>);

impl Pairs {
    /// Runs both commands once for each pair. The order alternates, so that a drift in the speed of the machine affects
    /// both commands equally.
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

    /// Returns the ratios of CPU time; `None` if CPU time isn't available.
    pub fn cpu_ratios(&self) -> Option<Spread> {
        let ratios: Option<Vec<_>> = self
            .0
            .iter()
            .map(|[one, other]| Some(ratio(one.cpu?, other.cpu?)))
            .collect();
        Spread::of(ratios?)
    }

    /// Returns the ratios of wall time.
    pub fn wall_ratios(&self) -> Option<Spread> {
        Spread::of(self.0.iter().map(|[one, other]| ratio(one.wall, other.wall)).collect())
    }

    /// Returns the median CPU time of the first (0) or second (1) command, in seconds.
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

/// Returns the CPU time of all terminated child processes and their descendants: `cutime` and `cstime` in
/// `/proc/self/stat`, in ticks of 10 ms. Returns `None` on systems without this file.
fn children() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the command name in parentheses, which may contain spaces.
    let (_, fields) = stat.rsplit_once(')')?;
    let fields: Vec<&str> = fields.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks(13)? + ticks(14)?)))
}
