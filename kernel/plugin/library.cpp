// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/plugin/library.hpp"

#define BOOST_DLL_USE_STD_FS  // std::filesystem instead of a library to link
#include <boost/dll/shared_library.hpp>
#include <deque>
#include <exception>
#include <utility>

#include "kernel/base/log.hpp"
#include "kernel/plugin/abi_status.hpp"

namespace sz {

namespace {

// A library is never unloaded: code of it may be on some stack, and thread-local objects of it may
// outlive every call. So its handle is given up for ever. The descriptor stays open too, since the
// loader knows libraries by the name that they were opened with, and a reused number would give
// another plugin's library.
const boost::dll::shared_library* keep_open(sys::File file, boost::dll::shared_library opened) {
    static auto& kept =
        *new std::deque<boost::dll::shared_library>;  // NOLINT: outlives every destructor
    (void)file.release();
    return &kept.emplace_back(std::move(opened));
}

}  // namespace

Result<const sz_plugin_entry_v1*> open_library(sys::File file, const Manifest& manifest) {
    const std::string path = "/proc/self/fd/" + std::to_string(file.descriptor());
    boost::dll::shared_library opened;
    std::string why;
    (void)call_plugin(manifest.id, "load", [&] {
        try {
            opened.load(path, boost::dll::load_mode::rtld_now | boost::dll::load_mode::rtld_local);
        } catch (const std::exception& wrong) {
            why = wrong.what();  // the loader's words, for the log alone
        }
        return SZ_OK;
    });
    if (!opened.is_loaded()) {
        log::error("plugin", manifest.id + " does not open: " + why);
        return fail(ErrorKind::environment, "SZ-PLUGIN-030", "Its library does not open.",
                    "It may be for another system, or a library that it needs is not installed; "
                    "the log says more.",
                    manifest.library);
    }
    const boost::dll::shared_library* library = keep_open(std::move(file), std::move(opened));
    if (!library->has(SZ_PLUGIN_ENTRY_SYMBOL)) {
        return fail(ErrorKind::input, "SZ-PLUGIN-031",
                    "Its library has no " SZ_PLUGIN_ENTRY_SYMBOL ": it is no plugin.",
                    "Ask its author; SZ_PLUGIN in sz/cpp/plugin.hpp defines the entry.",
                    manifest.library);
    }
    const auto& entry = library->get<const sz_plugin_entry_v1>(SZ_PLUGIN_ENTRY_SYMBOL);
    SZ_TRY(check_abi(entry.abi_major, entry.abi_minor));
    const auto contradicts = [&](const char* what) {
        return fail(ErrorKind::input, "SZ-PLUGIN-032",
                    std::string("Its library and its plugin.json do not belong together: ") + what,
                    "Ask its author to build it again.", manifest.library);
    };
    if (entry.size < SZ_PLUGIN_ENTRY_SIZE_1) return contradicts("the entry is too short.");
    if (entry.abi_major != manifest.abi_major || entry.abi_minor != manifest.abi_minor)
        return contradicts("“abi” differs.");
    if (entry.id == nullptr || manifest.id != entry.id) return contradicts("the id differs.");
    if (entry.init == nullptr || entry.deinit == nullptr || entry.get_extension == nullptr)
        return contradicts("a function of the entry is missing.");
    return &entry;
}

}  // namespace sz
