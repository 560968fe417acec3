// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/library.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "kernel/base/log.hpp"
#include "kernel/content/library/library_state.hpp"

namespace sz {

using library::Index;
using library::Installer;
using library::PackName;
using library::PackRow;

namespace {

bool is_damage(const Error& error) { return error.code == "SZ-STORE-002"; }

tl::unexpected<Error> not_ready() {
    return fail(ErrorKind::environment, "SZ-LIB-011", "The library is being rebuilt.",
                "Try again in a moment.");
}

}  // namespace

Result<std::unique_ptr<Library>> Library::open(const ProfileFolders& folders, Services services) {
    SZ_ASSIGN(Words words, Words::create());
    auto index = Index::open(folders.library());
    if (!index && is_damage(index.error())) {
        SZ_TRY(Installer::move_aside(folders.library()));
        index = Index::open(folders.library());
    }
    if (!index) return fail(index.error());
    auto impl = std::make_unique<Impl>(folders, services, std::move(words), std::move(*index));
    auto difference = impl->work->installer.compare();
    if (const Status opened = impl->open_reader(); !opened || !difference) {
        const Error& error = opened ? difference.error() : opened.error();
        if (!is_damage(error)) return fail(error);
        impl->replace_index();
    } else if (difference->is_empty()) {
        impl->is_ready = true;
    } else {
        impl->reconcile(std::move(*difference));
    }
    return std::unique_ptr<Library>(new Library(std::move(impl)));
}

Library::Library(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Library::~Library() = default;

Status Library::add_methods() {
    SZ_TRY(impl_->add_pack_methods());
    SZ_TRY(impl_->add_pack_tool_methods());
    return impl_->add_library_methods();
}

void Library::install_samples(const std::filesystem::path& folder,
                              std::function<void(Status)> done) {
    impl_->when_ready([impl = impl_.get(), folder, done = std::move(done)] {
        impl->install_samples(folder, done);
    });
}

Result<Json> Library::find_pack(std::string_view reference) const {
    if (!impl_->reader) return not_ready();
    const auto pack = impl_->reader->catalogue.pack(reference);
    if (!pack) {
        impl_->note(pack.error());
        return fail(pack.error());
    }
    return Json{{"id", (*pack)->id}, {"name", (*pack)->name}, {"version", (*pack)->version}};
}

// "PACK/TEMPLATE": a pack's name may hold a '/', so each one is tried as the border.
Result<Json> Library::find_template(std::string_view kind, std::string_view reference) const {
    if (!impl_->reader) return not_ready();
    const auto& catalogue = impl_->reader->catalogue;
    const auto& languages = impl_->reader->languages;
    std::optional<Error> first;
    for (auto slash = reference.find('/'); slash != std::string_view::npos;
         slash = reference.find('/', slash + 1)) {
        const auto find = [&]() -> Result<Json> {
            SZ_ASSIGN(const PackRow* pack, catalogue.pack(reference.substr(0, slash)));
            const auto reading = languages.reading(*pack, impl_->language());
            SZ_ASSIGN(const auto object,
                      languages.object(reading, kind, reference.substr(slash + 1)));
            SZ_ASSIGN(Json json, catalogue.object_json(object));
            SZ_TRY(languages.translate(reading, object.id, json));
            json["pack"] = {{"id", pack->id}, {"name", pack->name}, {"version", pack->version}};
            return json;
        };
        auto found = find();
        if (found) return found;
        impl_->note(found.error());
        if (!first || first->code == "SZ-LIB-001") first = found.error();
    }
    if (first) return fail(std::move(*first));
    return fail(
        ErrorKind::not_found, "SZ-LIB-003", "“" + std::string(reference) + "” names no template.",
        "Write it as PACK/TEMPLATE, for example “Core Rules/hero”.", std::string(reference));
}

Result<Json> Library::linked_entry(const Json& link) const {
    if (!impl_->reader) return not_ready();
    const auto& catalogue = impl_->reader->catalogue;
    SZ_ASSIGN(const auto target, catalogue.resolve(link));
    return catalogue.entry_json(target.entry.row);
}

Result<Json> Library::find_entry(std::string_view pack, std::string_view dataset,
                                 std::string_view entry) const {
    if (!impl_->reader) return not_ready();
    const auto& catalogue = impl_->reader->catalogue;
    const auto& languages = impl_->reader->languages;
    const auto find = [&]() -> Result<Json> {
        SZ_ASSIGN(const PackRow* in_pack, catalogue.pack(pack));
        const auto reading = languages.reading(*in_pack, impl_->language());
        SZ_ASSIGN(auto object, languages.object(reading, "dataset", dataset));
        SZ_ASSIGN(const auto row, languages.entry(reading, object, entry));
        SZ_ASSIGN(Json json, catalogue.entry_json(row.row));
        SZ_TRY(languages.translate_entry(reading, object.id, row.id, json));
        SZ_TRY(languages.translate(reading, object));
        return Json{
            {"pack", {{"id", in_pack->id}, {"name", in_pack->name}, {"version", in_pack->version}}},
            {"dataset", {{"id", object.id}, {"name", object.name}}},
            {"entry", std::move(json)}};
    };
    auto found = find();
    if (!found) impl_->note(found.error());
    return found;
}

std::string Library::Impl::language() const {
    return services.language ? services.language() : std::string();
}

std::string Library::Impl::language_of(const Json& params) const {
    const auto wanted = params.find("language");
    return wanted == params.end() ? language() : wanted->get<std::string>();
}

Status Library::Impl::open_reader() {
    SZ_ASSIGN(Database database, Index::open_reader(folders.library()));
    reader = std::make_unique<Reader>(std::move(database), words);
    return refresh();
}

Status Library::Impl::refresh() {
    if (!reader) return {};
    SZ_TRY(reader->catalogue.refresh());
    SZ_TRY(reader->languages.refresh());
    samples.clear();
    return reader->database.query(
        "SELECT substr(key, 8) FROM settings WHERE key >= 'sample:' AND key < 'sample;'", {},
        [&](const Row& row) {
            samples.emplace(row.text(0));
            return true;
        });
}

void Library::Impl::changed(const char* reason, const std::vector<PackName>& packs) {
    if (const auto done = refresh(); !done) note(done.error());
    if (packs.empty()) return;
    Json list = Json::array();
    for (const PackName& pack : packs) list.push_back({{"id", pack.id}, {"version", pack.version}});
    services.bus.publish("library.changed", {{"reason", reason}, {"packs", std::move(list)}});
}

void Library::Impl::reconcile(Installer::Difference difference) {
    is_ready = false;
    if (difference.to_index.size() + difference.to_forget.size() > 0) {
        log::info("library", "bringing the index up to date: " +
                                 std::to_string(difference.to_index.size()) + " packs to index, " +
                                 std::to_string(difference.to_forget.size()) + " to forget");
    }
    const auto packs = difference.to_index;
    const auto work1 = [difference = std::move(difference)](
                           Work& with, TaskProgress& progress) -> Result<Json> {
        SZ_TRY(with.installer.reconcile(difference, progress));
        return Json::object();
    };
    begin("Bringing the library up to date", work1, [this, packs](Result<Json>& result) {
        if (!result) log::error("library", result.error().message);
        if (const auto done = reader ? refresh() : open_reader(); !done)
            log::error("library", done.error().message);
        become_ready();
        changed("imported", packs);
    });
}

void Library::Impl::replace_index() {
    is_ready = false;
    reader.reset();
    log::warning("library",
                 "the index is damaged; it is moved aside and made again from the packs");
    const auto work1 = [file = folders.library()](Work& with, TaskProgress&) -> Result<Json> {
        SZ_TRY(with.installer.replace_index(file));
        return Json::object();
    };
    begin("Replacing the library's index", work1, [this](Result<Json>& result) {
        auto difference = result ? work->installer.compare()
                                 : Result<Installer::Difference>(fail(result.error()));
        if (!difference) {
            log::error("library", difference.error().message);
            return become_ready();
        }
        if (const auto opened = open_reader(); !opened)
            log::error("library", opened.error().message);
        reconcile(std::move(*difference));
    });
}

void Library::Impl::become_ready() {
    is_ready = true;
    for (const auto& call : std::exchange(waiting, {})) call();
}

void Library::Impl::when_ready(std::function<void()> call) {
    if (is_ready) return call();
    waiting.push_back(std::move(call));
}

void Library::Impl::note(const Error& error) {
    if (is_damage(error) && is_ready) replace_index();
}

std::string Library::Impl::begin(std::string title, Work1 work1,
                                 std::function<void(Result<Json>&)> after) {
    const auto on_pool = [work = work, work1 = std::move(work1)](TaskProgress& progress) {
        return work1(*work, progress);
    };
    const auto back = [this, watch = std::weak_ptr<bool>(alive),
                       after = std::move(after)](Result<Json>& result) {
        if (watch.expired()) return;
        after(result);
        if (!result) note(result.error());
    };
    return services.tasks.start(std::move(title), on_pool, back);
}

Status Library::Impl::run(const char* method, Run handler) {
    return services.bus.add_method(
        {method, {}, {}, "kernel"},
        [this, watch = std::weak_ptr<bool>(alive), handler = std::move(handler)](const Call& call) {
            if (watch.expired()) return;
            when_ready([this, handler, call] {
                if (call.is_over()) return;
                if (!reader) return call.answer(not_ready());
                auto result = handler(call.params());
                if (!result) note(result.error());
                call.answer(std::move(result));
            });
        });
}

Status Library::Impl::start(const char* method, std::string title, Start handler, After after) {
    return services.bus.add_method(
        {method, {}, {}, "kernel"},
        [this, watch = std::weak_ptr<bool>(alive), title = std::move(title),
         handler = std::move(handler), after = std::move(after)](const Call& call) {
            if (watch.expired()) return;
            when_ready([this, title, handler, after, call] {
                if (call.is_over()) return;
                auto work1 = handler(call.params());
                if (!work1) return call.answer(fail(work1.error()));
                call.answer(
                    Json{{"task", begin(title, std::move(*work1), [after](Result<Json>& result) {
                              if (after) after(result);
                          })}});
            });
        });
}

Status Library::Impl::wait(const char* method, std::string title, Start handler, After after) {
    return services.bus.add_method(
        {method, {}, {}, "kernel"},
        [this, watch = std::weak_ptr<bool>(alive), title = std::move(title),
         handler = std::move(handler), after = std::move(after)](const Call& call) {
            if (watch.expired()) return;
            when_ready([this, title, handler, after, call] {
                if (call.is_over()) return;
                auto work1 = handler(call.params());
                if (!work1) return call.answer(fail(work1.error()));
                begin(title, std::move(*work1), [after, call](Result<Json>& result) {
                    if (after) after(result);
                    call.answer(result);
                });
            });
        });
}

}  // namespace sz
