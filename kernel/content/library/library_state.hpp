// SPDX-License-Identifier: AGPL-3.0-or-later
// The inside of Library: what its methods share. [kernel-thread] unless said otherwise.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "kernel/content/library.hpp"
#include "kernel/content/library/catalogue.hpp"
#include "kernel/content/library/installer.hpp"
#include "kernel/content/library/languages.hpp"
#include "kernel/content/library/pack_tasks.hpp"
#include "kernel/content/library/pack_tools.hpp"
#include "kernel/content/library/search.hpp"

namespace sz {

struct Library::Impl {
    // What tasks work with on the pool. A task shares it, because it may outlive the library by a
    // moment at the end.
    struct Work {
        library::Installer installer;
        library::PackTasks packs;
        library::PackTools tools;
        Work(const std::filesystem::path& folder, library::Index index, const Services& services)
            : installer(folder, std::move(index), std::make_unique<library::RealDisk>(),
                        services.fields),
              packs(installer, services.fields, services.formats),
              tools(installer, packs, services.fields) {}
    };
    // The reading side; away while a damaged index is replaced.
    struct Reader {
        Database database;
        library::Catalogue catalogue;
        library::Search search;
        library::Languages languages;
        Reader(Database opened, const Words& words)
            : database(std::move(opened)),
              catalogue(database, words),
              search(database, words),
              languages(database, catalogue) {}
    };

    ProfileFolders folders;
    Services services;
    Words words;
    std::shared_ptr<Work> work;
    std::unique_ptr<Reader> reader;
    std::set<std::string> samples;               // ids of packs that came with the program
    bool is_ready = false;                       // index and folders say the same
    std::vector<std::function<void()>> waiting;  // calls that came before that
    std::shared_ptr<bool> alive =
        std::make_shared<bool>(true);  // watched by what may come back later

    Impl(ProfileFolders where, Services with, Words cut, library::Index index)
        : folders(std::move(where)),
          services(with),
          words(std::move(cut)),
          work(std::make_shared<Work>(folders.packs(), std::move(index), services)) {}

    [[nodiscard]] Status open_reader();
    [[nodiscard]] Status refresh();  // after a change of the index
    void changed(const char* reason, const std::vector<library::PackName>& packs);

    // Makes index and folders say the same, in the background; then is_ready.
    void reconcile(library::Installer::Difference difference);
    // The index turned out to be damaged: a new one is made from the folders.
    void replace_index();
    void become_ready();
    // Runs `call` now, or once the library is ready.
    void when_ready(std::function<void()> call);
    void note(const Error& error);  // looks whether the index is damaged

    // Methods. `run` answers at once; `start` answers {"task"}; `wait` answers what the work comes
    // to.
    using Run = std::function<Result<Json>(const Json& params)>;
    using Work1 = std::function<Result<Json>(Work& work, TaskProgress& progress)>;
    using Start = std::function<Result<Work1>(const Json& params)>;
    using After = std::function<void(Result<Json>& result)>;
    [[nodiscard]] Status run(const char* method, Run run);
    [[nodiscard]] Status start(const char* method, std::string title, Start start,
                               After after = {});
    [[nodiscard]] Status wait(const char* method, std::string title, Start start, After after = {});
    std::string begin(std::string title, Work1 work1, std::function<void(Result<Json>&)> after);

    [[nodiscard]] Result<Work1> new_translation(library::NewPack wanted, const Json& params) const;
    [[nodiscard]] Status add_pack_methods();
    [[nodiscard]] Status add_pack_tool_methods();
    [[nodiscard]] Status add_library_methods();
    [[nodiscard]] Result<Json> search(const Json& params);
    [[nodiscard]] Result<Json> get(const Json& params);
    [[nodiscard]] Result<Json> list_datasets(const Json& params);
    [[nodiscard]] Result<Json> list_entries(const Json& params);
    [[nodiscard]] Result<Json> list_templates(const Json& params);
    [[nodiscard]] Result<Json> show_entry(const Json& params);
    [[nodiscard]] Result<Json> resolve(const Json& params);
    // Of what is read: "language" of the parameters, else the person's.
    [[nodiscard]] std::string language_of(const Json& params) const;
    [[nodiscard]] std::string language() const;
    [[nodiscard]] Result<Json> show_installed(const std::string& reference) const;
    void install_samples(const std::filesystem::path& folder, std::function<void(Status)> done);
};

}  // namespace sz
