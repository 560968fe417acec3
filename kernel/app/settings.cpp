// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/app/settings.hpp"

#include <algorithm>

#include "kernel/base/files.hpp"
#include "kernel/base/limits.hpp"
#include "kernel/base/log.hpp"
#include "kernel/base/sys/file.hpp"

namespace sz {

std::unique_ptr<Settings> Settings::open(fs::path file, UnixMs now, Bus& bus, KernelThread& thread,
                                         std::vector<Error>& notices) {
    auto settings = std::unique_ptr<Settings>(new Settings(std::move(file), bus, thread));
    settings->read(now, notices);
    return settings;
}

Settings::Settings(fs::path file, Bus& bus, KernelThread& thread)
    : file_(std::move(file)),
      bus_(bus),
      thread_(thread),
      values_(Json::object()),
      writer_("sz-settings", 1) {}

Settings::~Settings() { stop(); }

void Settings::stop() { writer_.stop(); }

void Settings::read(UnixMs now, std::vector<Error>& notices) {
    std::error_code ignored;
    if (fs::symlink_status(file_, ignored).type() == fs::file_type::not_found) return;
    const auto text = read_file(file_, limits::settings_bytes_max);
    auto values = text ? parse_json(*text) : Result<Json>(fail(text.error()));
    if (values && values->is_object()) {
        values_ = std::move(*values);
        return;
    }
    const std::string why = values ? "it is not a JSON object." : values.error().message;
    const auto aside = broken_name(file_, now);
    if (const auto failed = sys::rename_to_new(file_, aside)) {
        is_read_only_ = true;
        notices.push_back({ErrorKind::environment, "SZ-APP-002",
                           "The settings are damaged (" + why +
                               ") and cannot be moved aside: " + sys::reason(failed) + ".",
                           "Changes of settings are not kept in this run. Mend or remove the file.",
                           file_.string()});
    } else {
        notices.push_back({ErrorKind::environment, "SZ-APP-001",
                           "The settings were damaged (" + why + ") and are at their defaults.",
                           "The damaged file is kept as " + aside.filename().string() + ".",
                           aside.string()});
    }
}

Json Settings::get(const std::string& key) const {
    const auto found = values_.find(key);
    return found == values_.end() ? Json() : *found;
}

void Settings::set(const std::string& key, Json value, std::function<void(Status)> done) {
    Json changed = values_;
    if (value.is_null()) {
        changed.erase(key);
    } else {
        changed[key] = value;
    }
    auto text = changed.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
    if (text.size() > limits::settings_bytes_max) {
        return done(fail(ErrorKind::limit, "SZ-APP-003",
                         "The settings would become larger than a mebibyte.",
                         "Keep less in “" + key + "”.", key));
    }
    values_ = std::move(changed);
    bus_.publish("settings.changed", {{"key", key}, {"value", std::move(value)}});
    if (is_read_only_) {
        return done(fail(ErrorKind::environment, "SZ-APP-004",
                         "The setting holds for this run only: the settings file is damaged.",
                         "Mend or remove the file, then start again.", file_.string()));
    }
    writer_.post([file = file_, text = std::move(text), done = std::move(done), &thread = thread_] {
        auto written = write_file(file, text);
        if (!written) {
            written = fail(ErrorKind::environment, "SZ-APP-004",
                           "The setting holds for this run only: " + written.error().message,
                           written.error().hint, file.string());
        }
        thread.post([done, written = std::move(written)] { done(written); });
    });
}

Status Settings::add_methods() {
    SZ_TRY(bus_.add_method({"settings.get", {}, {}, "kernel"}, [this](const Call& call) {
        call.answer(Json{{"value", get(string_or(call.params(), "key"))}});
    }));
    return bus_.add_method({"settings.set", {}, {}, "kernel"}, [this](const Call& call) {
        set(string_or(call.params(), "key"), call.params().value("value", Json()),
            [call](const Status& status) {
                if (!status) return call.answer(fail(status.error()));
                call.answer(Json::object());
            });
    });
}

}  // namespace sz
