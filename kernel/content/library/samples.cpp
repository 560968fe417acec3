// SPDX-License-Identifier: AGPL-3.0-or-later
// The packs that come with the program. The index's settings remember each file that was looked at
// ("sample-file:NAME" → size and time) and each pack that came from one ("sample:ID" → "installed",
// "removed"), so that a start costs a look at the folder and a pack that a person removed does not
// come back.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include "kernel/base/log.hpp"
#include "kernel/content/library/library_state.hpp"

namespace sz {

using library::PackName;

namespace {

struct SampleFile {
    std::filesystem::path path;
    std::string stamp;  // changes when the file does
    [[nodiscard]] std::string key() const { return "sample-file:" + path.filename().string(); }
};

std::vector<SampleFile> sample_files(const std::filesystem::path& folder) {
    std::vector<SampleFile> files;
    std::error_code error;
    for (std::filesystem::directory_iterator it(folder, error), end; !error && it != end;
         it.increment(error)) {
        if (it->path().extension() != ".szp") continue;
        std::error_code unreadable;
        const auto bytes = it->file_size(unreadable);
        const auto written = it->last_write_time(unreadable).time_since_epoch().count();
        if (!unreadable)
            files.push_back({it->path(), std::to_string(bytes) + "-" + std::to_string(written)});
    }
    std::sort(files.begin(), files.end(),
              [](const SampleFile& a, const SampleFile& b) { return a.path < b.path; });
    return files;
}

}  // namespace

void Library::Impl::install_samples(const std::filesystem::path& folder,
                                    std::function<void(Status)> done) {
    std::vector<SampleFile> files = sample_files(folder);
    std::erase_if(files, [&](const SampleFile& file) {
        const auto seen = work->installer.setting(file.key());
        return seen && *seen == file.stamp;
    });
    if (files.empty()) return done({});
    const auto work1 = [files](Work& with, TaskProgress& task) -> Result<Json> {
        Json all = {{"packs", Json::array()}};
        for (const SampleFile& file : files) {
            SZ_ASSIGN(const Json result, with.packs.import_sample(file.path.string(), task));
            for (const auto& pack : result.at("packs")) all["packs"].push_back(pack);
            SZ_TRY(with.installer.set_setting(file.key(), file.stamp));
        }
        return all;
    };
    begin("Installing the sample packs", work1,
          [this, done = std::move(done)](Result<Json>& result) {
              std::vector<PackName> packs;
              if (result) {
                  for (const auto& pack : result->at("packs"))
                      packs.push_back({string_or(pack, "id"), string_or(pack, "version")});
              }
              changed("imported", packs);
              done(result ? Status{} : Status(fail(result.error())));
          });
}

}  // namespace sz
