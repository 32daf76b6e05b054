//! Resolves paths to definitions.

use std::collections::BTreeSet;

use super::mentions::Space;
use super::package::{Meaning, ModuleId, Package, Visible};

/// A module, or the module that defines an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Definition {
    Module(ModuleId),
    Item(ModuleId),
}

/// Returns the possible definitions of a path in a module. The set is empty for items of other packages.
///
/// Follows imports and re-exports. Resolves a variant or an associated item to its type.
pub fn definitions(package: &Package, from: ModuleId, path: &[String], space: Option<Space>) -> BTreeSet<Definition> {
    let mut resolver = Resolver {
        package,
        followed: BTreeSet::new(),
    };
    resolver.path(from, path, space)
}

/// An import, identified by its module, its index in the module and the name to look up.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Follow {
    Name(ModuleId, usize, String),
    Glob(ModuleId, usize, String),
}

struct Resolver<'p> {
    package: &'p Package,
    /// The imports being followed, to detect imports that lead back to themselves.
    followed: BTreeSet<Follow>,
}

impl Resolver<'_> {
    fn path(&mut self, from: ModuleId, path: &[String], space: Option<Space>) -> BTreeSet<Definition> {
        let space_at = |index: usize| {
            if index + 1 < path.len() {
                Some(Space::Type)
            } else {
                space
            }
        };
        let mut found = BTreeSet::new();
        for (index, name) in path.iter().enumerate() {
            found = match (index, name.as_str()) {
                (0, "crate") => [Definition::Module(self.package.root(from))].into(),
                (0, "self") => [Definition::Module(from)].into(),
                (0, "super") => self.parent(from),
                (0, _) => self.first(from, name, space_at(0)),
                (_, _) => self.next(from, &found, name, space_at(index)),
            };
        }
        found
    }

    fn parent(&self, module: ModuleId) -> BTreeSet<Definition> {
        let parent = self.package.modules[module].parent;
        parent.map(Definition::Module).into_iter().collect()
    }

    fn first(&mut self, from: ModuleId, name: &str, space: Option<Space>) -> BTreeSet<Definition> {
        let found = self.name(from, name, space, from);
        match &self.package.library {
            Some((library, root)) if found.is_empty() && library == name && self.package.root(from) != *root => {
                [Definition::Module(*root)].into()
            }
            _ => found,
        }
    }

    fn next(
        &mut self,
        from: ModuleId,
        found: &BTreeSet<Definition>,
        name: &str,
        space: Option<Space>,
    ) -> BTreeSet<Definition> {
        let next = found.iter().flat_map(|definition| match definition {
            Definition::Module(module) if name == "super" => self.parent(*module),
            Definition::Module(module) => self.name(*module, name, space, from),
            Definition::Item(_) => [*definition].into(),
        });
        next.collect()
    }

    /// Returns the definitions of a name in a module that are visible from `from`.
    fn name(&mut self, module: ModuleId, name: &str, space: Option<Space>, from: ModuleId) -> BTreeSet<Definition> {
        let package = self.package;
        let mut found = BTreeSet::new();
        let names = package.modules[module].names.get(name).into_iter().flatten();
        for (index, named) in names.enumerate() {
            if !self.is_visible(named.visible, from) {
                continue;
            }
            match &named.meaning {
                Meaning::Item(own) if space.is_none_or(|space| space == *own) => {
                    found.insert(Definition::Item(module));
                }
                Meaning::Module(child) if space.is_none_or(|space| space == Space::Type) => {
                    found.insert(Definition::Module(*child));
                }
                Meaning::Item(_) | Meaning::Module(_) => {}
                Meaning::Import(path) => {
                    let step = Follow::Name(module, index, name.to_owned());
                    found.extend(self.follow(&step, |resolver| resolver.path(module, path, space)));
                }
            }
        }
        if found.is_empty() {
            found = self.in_globs(module, name, space, from);
        }
        found
    }

    fn in_globs(&mut self, module: ModuleId, name: &str, space: Option<Space>, from: ModuleId) -> BTreeSet<Definition> {
        let package = self.package;
        let mut found = BTreeSet::new();
        for (index, glob) in package.modules[module].globs.iter().enumerate() {
            if !self.is_visible(glob.visible, from) {
                continue;
            }
            let step = Follow::Glob(module, index, name.to_owned());
            found.extend(self.follow(&step, |resolver| {
                let targets = resolver.path(module, &glob.path, Some(Space::Type));
                let named = targets.into_iter().flat_map(|definition| match definition {
                    Definition::Module(target) => resolver.name(target, name, space, module),
                    Definition::Item(_) => BTreeSet::new(),
                });
                named.collect()
            }));
        }
        found
    }

    /// Follows an import, unless it's already being followed.
    fn follow(&mut self, step: &Follow, find: impl FnOnce(&mut Self) -> BTreeSet<Definition>) -> BTreeSet<Definition> {
        if !self.followed.insert(step.clone()) {
            return BTreeSet::new();
        }
        let found = find(self);
        self.followed.remove(step);
        found
    }

    fn is_visible(&self, visible: Visible, from: ModuleId) -> bool {
        match visible {
            Visible::Everywhere => true,
            Visible::Within(module) => self.package.ancestors(from).any(|ancestor| ancestor == module),
        }
    }
}
