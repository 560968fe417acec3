// SPDX-License-Identifier: AGPL-3.0-or-later
#include <chrono>
#include <sz/cpp/testing.hpp>

#include "subject.hpp"

namespace check {

namespace fs = std::filesystem;
using sz::plugin::testing::LoadedPlugin;

namespace {

constexpr auto init_time_max = std::chrono::milliseconds(1000);

Complaint manifest_is_complete(const Subject& subject) {
    for (const char* key : {"id", "name", "version", "license", "kind", "abi", "library"})
        if (subject.text(key).empty())
            return std::string("plugin.json has no \"") + key +
                   "\". sz_add_plugin writes abi, library and files.";
    if (subject.folder.filename() != subject.text("id"))
        return "The folder is not called " + subject.text("id") + ".";
    if (subject.extensions().empty() && subject.text("kind") != "service")
        return std::string("plugin.json lists no extension.");
    return {};
}

Complaint files_are_listed(const Subject& subject) {
    const Json files =
        subject.manifest.contains("files") ? subject.manifest.at("files") : Json::object();
    if (!files.contains(subject.text("library")))
        return "\"files\" does not list the library " + subject.text("library") + ".";
    for (const auto& [name, hash] : files.items())
        if (!fs::is_regular_file(fs::symlink_status(subject.folder / name)))
            return "There is no file " + name + ".";
    for (const auto& entry : fs::recursive_directory_iterator(subject.folder)) {
        const std::string name = entry.path().lexically_relative(subject.folder).generic_string();
        if (entry.is_directory() || name == "plugin.json" || name == "plugin.json.sig") continue;
        if (!files.contains(name)) return "plugin.json does not list " + name + ".";
    }
    return {};
}

Complaint library_opens(const Subject& subject) {
    if (::dlopen(subject.library().c_str(), RTLD_NOW | RTLD_LOCAL) != nullptr) return {};
    return std::string("It does not open: ") + ::dlerror();
}

Complaint entry_fits(const Subject& subject) {
    void* library = ::dlopen(subject.library().c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) return std::string("The library does not open.");
    const auto* entry =
        static_cast<const sz_plugin_entry_v1*>(::dlsym(library, SZ_PLUGIN_ENTRY_SYMBOL));
    if (entry == nullptr) return std::string("The library exports no " SZ_PLUGIN_ENTRY_SYMBOL ".");
    if (entry->size < SZ_PLUGIN_ENTRY_SIZE_1)
        return std::string("\"size\" is not that of sz_plugin_entry_v1.");
    if (entry->id == nullptr || subject.text("id") != entry->id)
        return std::string("Its id is not that of plugin.json.");
    const std::string abi =
        std::to_string(entry->abi_major) + "." + std::to_string(entry->abi_minor);
    if (abi != subject.text("abi"))
        return "It was compiled with ABI " + abi + ", plugin.json says " + subject.text("abi") +
               ".";
    if (entry->abi_major != SZ_ABI_MAJOR || entry->abi_minor > SZ_ABI_MINOR)
        return "ABI " + abi + " is not one that this tool knows.";
    if (entry->init == nullptr || entry->deinit == nullptr || entry->get_extension == nullptr)
        return std::string("A function of it is NULL.");
    return {};
}

Complaint starts_quickly(const Subject& subject) {
    const auto begun = std::chrono::steady_clock::now();
    const LoadedPlugin plugin(subject.library(), subject.data_dir);
    if (std::chrono::steady_clock::now() - begun > init_time_max)
        return std::string("init took more than a second; use a task.");
    return {};
}

Complaint extensions_are_there(const Subject& subject) {
    const LoadedPlugin plugin(subject.library(), subject.data_dir);
    for (const std::string& id : subject.extensions()) {
        const void* first = &plugin.extension<char>(id.c_str());  // throws when there is none
        if (&plugin.extension<char>(id.c_str()) != first)
            return "Asking twice for " + id + " gives two pointers.";
    }
    try {
        (void)plugin.extension<char>("org.example.nobody/1");
    } catch (const std::exception&) {
        return {};
    }
    return std::string("It claims an extension that nobody has defined.");
}

}  // namespace

std::vector<std::string> Subject::extensions() const {
    std::vector<std::string> found;
    if (!manifest.contains("extensions") || !manifest.at("extensions").is_array()) return found;
    for (const Json& item : manifest.at("extensions"))
        if (item.is_string()) found.push_back(item.get<std::string>());
    return found;
}

bool Subject::offers(const std::string& extension) const {
    for (const std::string& one : extensions())
        if (one == extension) return true;
    return false;
}

std::vector<Check> plugin_checks() {
    return {{"manifest.complete", "plugin.json says what the program needs to know.",
             manifest_is_complete},
            {"manifest.files", "The folder holds exactly the files that plugin.json lists.",
             files_are_listed},
            {"library.opens", "The library opens with every symbol resolved.", library_opens},
            {"entry.fits", "The entry and plugin.json say the same.", entry_fits},
            {"init.quick", "The plugin starts within a second and ends.", starts_quickly},
            {"extensions.there", "What is listed is there, the same each time, and nothing else.",
             extensions_are_there}};
}

}  // namespace check
