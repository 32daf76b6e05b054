//! Builds the module tree of a package from its sources.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, Item, ItemMacro, ItemMod, ItemUse, Meta};

use super::mentions::{Mention, Reach, Space, in_code, in_macro_rules, in_use};

pub type FileId = usize;
pub type ModuleId = usize;

/// The crates of a package: the library, binaries and benchmarks.
pub struct Package {
    pub files: Vec<File>,
    pub modules: Vec<Module>,
    /// The library's name and root module.
    pub library: Option<(String, ModuleId)>,
    /// Files that belong to no crate.
    pub unused: Vec<String>,
}

/// A source file, unless only unit tests use it.
pub struct File {
    pub path: String,
    pub text: String,
    /// The outermost module in the file.
    pub module: ModuleId,
}

/// A module: a file, or a `mod name { … }` inside one.
pub struct Module {
    pub file: FileId,
    pub parent: Option<ModuleId>,
    /// The names in scope. A name can have several meanings, such as a module and a macro.
    pub names: BTreeMap<String, Vec<Name>>,
    /// Glob imports.
    pub globs: Vec<Glob>,
    /// All imports and paths in the code.
    pub mentions: Vec<Mention>,
}

/// A meaning of a name in a module.
pub struct Name {
    pub meaning: Meaning,
    pub visible: Visible,
}

pub enum Meaning {
    Item(Space),
    Module(ModuleId),
    Import(Vec<String>),
}

/// A `use path::*`.
pub struct Glob {
    pub path: Vec<String>,
    pub visible: Visible,
}

/// The code in which a name is visible.
#[derive(Clone, Copy)]
pub enum Visible {
    Everywhere,
    /// Visible in this module and its descendants.
    Within(ModuleId),
}

impl Package {
    /// Builds a package from its files, which are keyed by path.
    ///
    /// The crate roots are `lib.rs`, `main.rs` and the files in `bin/` and `benches/`.
    pub fn read(name: &str, sources: &BTreeMap<String, String>) -> Self {
        let mut reader = SourceReader {
            sources,
            package: Self {
                files: Vec::new(),
                modules: Vec::new(),
                library: None,
                unused: Vec::new(),
            },
            tests: Vec::new(),
        };
        for path in sources.keys().filter(|path| is_root(path)) {
            let root = reader.file(path, folder_of(path), None);
            if path == "lib.rs" {
                reader.package.library = Some((name.to_owned(), root));
            }
        }
        let SourceReader { mut package, tests, .. } = reader;
        let is_unused = |path: &&String| !tests.contains(path) && !package.files.iter().any(|file| file.path == **path);
        package.unused = sources.keys().filter(is_unused).cloned().collect();
        package
    }

    /// Returns the root of the crate that contains a module.
    pub fn root(&self, module: ModuleId) -> ModuleId {
        self.ancestors(module).last().unwrap_or(module)
    }

    /// Returns a module and its ancestors, up to the crate root.
    pub fn ancestors(&self, module: ModuleId) -> impl Iterator<Item = ModuleId> {
        std::iter::successors(Some(module), |module| self.modules[*module].parent)
    }
}

fn is_root(path: &str) -> bool {
    match path.rsplit_once('/') {
        None => path == "lib.rs" || path == "main.rs",
        Some((folder, _)) => folder == "bin" || folder == "benches",
    }
}

/// Returns the folder of a path, with a trailing slash.
fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..=slash])
}

struct SourceReader<'s> {
    sources: &'s BTreeMap<String, String>,
    package: Package,
    /// Files used only by unit tests, which the rules don't apply to.
    tests: Vec<String>,
}

impl SourceReader<'_> {
    /// Reads a file whose child modules are in `folder`.
    fn file(&mut self, path: &str, folder: &str, parent: Option<ModuleId>) -> ModuleId {
        let text = &self.sources[path];
        let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
        self.package.files.push(File {
            path: path.to_owned(),
            text: text.clone(),
            module: self.package.modules.len(),
        });
        self.module(self.package.files.len() - 1, folder, parent, &parsed.items)
    }

    fn module(&mut self, file: FileId, folder: &str, parent: Option<ModuleId>, items: &[Item]) -> ModuleId {
        let id = self.package.modules.len();
        self.package.modules.push(Module {
            file,
            parent,
            names: BTreeMap::new(),
            globs: Vec::new(),
            mentions: Vec::new(),
        });
        for item in items {
            self.item(id, folder, item);
        }
        id
    }

    fn item(&mut self, module: ModuleId, folder: &str, item: &Item) {
        let (attributes, defined) = match item {
            Item::Const(item) => (&item.attrs, Some((&item.ident, &item.vis, &[Space::Value][..]))),
            Item::Enum(item) => (&item.attrs, Some((&item.ident, &item.vis, &[Space::Type][..]))),
            Item::Fn(item) => (&item.attrs, Some((&item.sig.ident, &item.vis, &[Space::Value][..]))),
            Item::Static(item) => (&item.attrs, Some((&item.ident, &item.vis, &[Space::Value][..]))),
            Item::Struct(item) => {
                let spaces = &[Space::Type, Space::Value][..];
                (&item.attrs, Some((&item.ident, &item.vis, spaces)))
            }
            Item::Trait(item) => (&item.attrs, Some((&item.ident, &item.vis, &[Space::Type][..]))),
            Item::Type(item) => (&item.attrs, Some((&item.ident, &item.vis, &[Space::Type][..]))),
            Item::Impl(item) => (&item.attrs, None),
            Item::Macro(item) => return self.macro_item(module, item),
            Item::Mod(item) => return self.child(module, folder, item),
            Item::Use(item) => return self.import(module, item),
            other => panic!("`tidy` does not support this kind of item: {}", other.to_token_stream()),
        };
        if is_test(attributes) {
            return;
        }
        if let Some((name, visibility, spaces)) = defined {
            let visible = self.visible(module, Reach::new(visibility));
            for space in spaces {
                self.define(module, &name.to_string(), Meaning::Item(*space), visible);
            }
        }
        self.mention(module, in_code(code(item)));
    }

    fn macro_item(&mut self, module: ModuleId, item: &ItemMacro) {
        match &item.ident {
            _ if is_test(&item.attrs) => {}
            Some(name) => {
                let visible = Visible::Within(module);
                self.define(module, &name.to_string(), Meaning::Item(Space::Macro), visible);
                self.mention(module, in_macro_rules(item.mac.tokens.clone()));
            }
            None => self.mention(module, in_code(item.to_token_stream())),
        }
    }

    fn child(&mut self, parent: ModuleId, folder: &str, item: &ItemMod) {
        let name = item.ident.to_string();
        let below = format!("{folder}{name}/");
        let file = self.package.modules[parent].file;
        if is_test(&item.attrs) {
            self.tests.extend(self.path_of(file, folder, item));
            return;
        }
        let child = if let Some((_, items)) = &item.content {
            self.module(file, &below, Some(parent), items)
        } else if let Some(path) = self.path_of(file, folder, item) {
            self.file(&path, &below, Some(parent))
        } else {
            return;
        };
        let visible = self.visible(parent, Reach::new(&item.vis));
        self.define(parent, &name, Meaning::Module(child), visible);
    }

    /// Returns the path of the file declared by `mod name;`; `None` if it belongs to another package.
    fn path_of(&self, file: FileId, folder: &str, item: &ItemMod) -> Option<String> {
        let name = &item.ident;
        let parent = folder_of(&self.package.files[file].path);
        let mut paths = match path_attribute(item) {
            Some(path) => vec![format!("{parent}{path}")],
            None => vec![format!("{folder}{name}.rs"), format!("{folder}{name}/mod.rs")],
        };
        paths.retain(|path| self.sources.contains_key(path));
        paths.pop()
    }

    fn import(&mut self, module: ModuleId, item: &ItemUse) {
        if !is_test(&item.attrs) {
            self.mention(module, in_use(item));
        }
    }

    /// Adds mentions to a module and imported names to its scope.
    fn mention(&mut self, module: ModuleId, mentions: Vec<Mention>) {
        for mention in mentions {
            if let Some(import) = &mention.import {
                let visible = self.visible(module, import.reach);
                let path = mention.path.clone();
                match &import.name {
                    Some(name) => self.define(module, name, Meaning::Import(path), visible),
                    None => self.package.modules[module].globs.push(Glob { path, visible }),
                }
            }
            self.package.modules[module].mentions.push(mention);
        }
    }

    fn define(&mut self, module: ModuleId, name: &str, meaning: Meaning, visible: Visible) {
        let names = &mut self.package.modules[module].names;
        names
            .entry(name.to_owned())
            .or_default()
            .push(Name { meaning, visible });
    }

    fn visible(&self, module: ModuleId, reach: Reach) -> Visible {
        match reach {
            Reach::Module => Visible::Within(module),
            Reach::Parent => Visible::Within(self.package.modules[module].parent.unwrap_or(module)),
            Reach::Everywhere => Visible::Everywhere,
        }
    }
}

/// Returns the tokens of an item without the names of variants, which aren't mentions.
fn code(item: &Item) -> TokenStream {
    let Item::Enum(item) = item else {
        return item.to_token_stream();
    };
    let mut tokens = item.generics.to_token_stream();
    for attribute in &item.attrs {
        attribute.to_tokens(&mut tokens);
    }
    for variant in &item.variants {
        variant.fields.to_tokens(&mut tokens);
    }
    tokens
}

/// Returns the value of `#[path = "…"]`.
fn path_attribute(item: &ItemMod) -> Option<String> {
    item.attrs.iter().find_map(|attribute| match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("path") => {
            let text = meta.value.to_token_stream().to_string();
            Some(text.trim_matches('"').to_owned())
        }
        _ => None,
    })
}

/// Returns `true` if an item is compiled only for unit tests.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = attribute.to_token_stream().to_string().replace(' ', "");
        text == "#[cfg(test)]" || text.starts_with("#[cfg(all(test,")
    })
}
