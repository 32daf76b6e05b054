//! The import graph of the files of a package, and its cycles.
//!
//! A re-export of an item from a child module doesn't count as an import, unless the file's own code uses the item.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;

use super::mentions::{Mention, Space};
use super::package::{Module, ModuleId, Package};
use super::resolve::{Definition, definitions};

/// The imports between files.
pub struct Graph {
    /// The files that each file imports.
    pub files: BTreeMap<String, BTreeMap<String, Reason>>,
}

/// The first import or path in a file that refers to another file.
#[derive(Clone, Debug)]
pub struct Reason {
    pub line: usize,
    pub path: String,
}

/// Decides which file counts as imported if an item is re-exported.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Towards {
    /// The file that defines the item.
    Definition,
    /// The file named by the path, which may re-export the item.
    Name,
}

/// Files that all import each other, directly or indirectly.
pub struct Cycle {
    pub files: Vec<String>,
    /// A shortest cycle among the files, in import order.
    pub shortest: Vec<String>,
}

impl Graph {
    pub fn new(package: &Package, towards: Towards) -> Self {
        let files = package.files.iter();
        let mut graph = Self {
            files: files.map(|file| (file.path.clone(), BTreeMap::new())).collect(),
        };
        for (id, module) in package.modules.iter().enumerate() {
            for mention in &module.mentions {
                let targets = match towards {
                    Towards::Definition => defining_modules(package, id, mention),
                    Towards::Name => named_modules(package, id, mention),
                };
                for target in targets {
                    graph.add(package, module, mention, target);
                }
            }
        }
        graph
    }

    fn add(&mut self, package: &Package, module: &Module, mention: &Mention, target: ModuleId) {
        let file = &package.files[module.file];
        let other = &package.files[package.modules[target].file];
        let is_below = || package.ancestors(target).any(|ancestor| ancestor == file.module);
        if file.path == other.path || (mention.is_reexport() && is_below()) {
            return;
        }
        let imports = self.files.entry(file.path.clone()).or_default();
        imports
            .entry(other.path.clone())
            .or_insert_with(|| Reason::new(&file.text, &mention.path));
    }

    /// Returns the cycles, sorted by number of files.
    pub fn cycles(&self) -> Vec<Cycle> {
        let mut cycles = Vec::new();
        let mut seen = BTreeSet::new();
        for file in self.files.keys() {
            if seen.contains(file) {
                continue;
            }
            let reachable = self.reachable(file);
            let files: Vec<_> = reachable
                .into_iter()
                .filter(|other| self.reachable(other).contains(file))
                .collect();
            seen.extend(files.iter().cloned());
            let shortest = files.iter().filter_map(|file| self.shortest_cycle(file));
            if let Some(shortest) = shortest.min_by_key(Vec::len) {
                cycles.push(Cycle { files, shortest });
            }
        }
        cycles.sort_by_key(|cycle| cycle.files.len());
        cycles
    }

    /// Returns the files that a file imports, directly or indirectly.
    fn reachable(&self, file: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open = vec![file];
        while let Some(file) = open.pop() {
            open.extend(
                self.files[file]
                    .keys()
                    .filter(|next| found.insert((*next).clone()))
                    .map(String::as_str),
            );
        }
        found
    }

    /// Returns the shortest cycle through a file, starting with the file.
    fn shortest_cycle(&self, start: &str) -> Option<Vec<String>> {
        let mut seen = BTreeSet::new();
        let mut open = VecDeque::from([vec![start]]);
        while let Some(path) = open.pop_front() {
            let last = path[path.len() - 1];
            for next in self.files[last].keys() {
                if next == start {
                    return Some(path.into_iter().map(str::to_owned).collect());
                }
                if seen.insert(next) {
                    open.push_back(path.iter().copied().chain([next.as_str()]).collect());
                }
            }
        }
        None
    }

    /// Describes a cycle and the imports that form it.
    pub fn describe(&self, cycle: &[String]) -> String {
        let next = cycle.iter().cycle().skip(1);
        let reasons = cycle.iter().zip(next).map(|(from, to)| {
            let Reason { line, path } = &self.files[from][to];
            format!("\n    {from}:{line}: `{path}` is defined in {to}")
        });
        format!("{} -> {}{}", cycle.join(" -> "), cycle[0], reasons.collect::<String>())
    }
}

/// Returns the modules that define the mentioned item. A mention of just a module doesn't count.
fn defining_modules(package: &Package, from: ModuleId, mention: &Mention) -> Vec<ModuleId> {
    let found = definitions(package, from, &mention.path, mention.space).into_iter();
    let modules = found.filter_map(|definition| match definition {
        Definition::Item(module) => Some(module),
        Definition::Module(module) => mention.is_open.then_some(module),
    });
    modules.collect()
}

/// Returns the module that a path names before the item. Ignores single names, because their imports count already.
fn named_modules(package: &Package, from: ModuleId, mention: &Mention) -> Vec<ModuleId> {
    let is_glob = mention.import.as_ref().is_some_and(|import| import.name.is_none());
    let is_module = |definition: &Definition| matches!(definition, Definition::Module(_));
    let is_complete = mention.is_open || is_glob;
    if !is_complete
        && definitions(package, from, &mention.path, mention.space)
            .iter()
            .all(is_module)
    {
        return Vec::new();
    }
    let longest = mention.path.len() - usize::from(!is_complete);
    let prefixes = (1..=longest).rev().map(|length| &mention.path[..length]);
    let named = prefixes.map(|prefix| definitions(package, from, prefix, Some(Space::Type)));
    let modules = named.map(|found| {
        let modules = found.into_iter().filter_map(|definition| match definition {
            Definition::Module(module) => Some(module),
            Definition::Item(_) => None,
        });
        modules.collect::<Vec<_>>()
    });
    modules
        .into_iter()
        .find(|modules| !modules.is_empty())
        .unwrap_or_default()
}

impl fmt::Display for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (file, imports) in &self.files {
            writeln!(f, "{file}")?;
            for (other, Reason { line, path }) in imports {
                writeln!(f, "    {other}    line {line}: {path}")?;
            }
        }
        Ok(())
    }
}

impl Reason {
    /// Finds the line by searching the text for the path. The feature of `proc-macro2` that adds line numbers to tokens would
    /// slow down the generator.
    fn new(text: &str, path: &[String]) -> Self {
        let code = || {
            text.lines()
                .zip(1..)
                .filter(|(line, _)| !line.trim_start().starts_with("//"))
        };
        let whole = path.join("::");
        let last = path.last().map_or("", String::as_str);
        let is_word = |line: &str| {
            let mut words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            words.any(|word| word == last)
        };
        let line = code()
            .find(|(line, _)| line.contains(&whole))
            .or_else(|| code().find(|(line, _)| is_word(line)));
        Self {
            line: line.map_or(1, |(_, number)| number),
            path: whole,
        }
    }
}
