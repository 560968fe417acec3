// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/net/doctor/steps.hpp"

#include <nlohmann/json.hpp>
#include <utility>

namespace sz::net {

namespace {

constexpr std::size_t notes_max = 500;

}  // namespace

Steps::Steps(std::function<SteadyMs()> now, Told told)
    : now_(std::move(now)), told_(std::move(told)), all_(std::make_shared<Json>(Json::array())) {}

void Steps::begin(const std::string& name, const std::string& message) {
    begun_[name] = now_();
    last_ = name;
    add(name, "begun", message, {}, nullptr);
}
void Steps::done(const std::string& name, const std::string& message, const Json& measured) {
    add(name, "done", message, {}, &measured);
}
void Steps::failed(const std::string& name, const Error& why) {
    add(name, "failed", why.message, why.hint, nullptr);
}
void Steps::failed_last(const Error& why) {
    failed(begun_.contains(last_) ? last_ : "connect", why);
}
void Steps::note(const std::string& name, const std::string& message, const std::string& hint) {
    add(name, "note", message, hint, nullptr);
}
void Steps::tell(const std::string& name, const std::string& state, const std::string& message,
                 const std::string& hint) {
    if (state == "begun") return begin(name, message);
    add(name, state == "failed" ? "failed" : "done", message, hint, nullptr);
}
const Json& Steps::all() const { return *all_; }

void Steps::add(const std::string& name, const std::string& state, const std::string& message,
                const std::string& hint, const Json* measured) {
    Json step{{"step", name}, {"state", state}, {"message", message}};
    if (!hint.empty()) step["hint"] = hint;
    if (measured != nullptr && !measured->empty()) step["measured"] = *measured;
    const auto begun = begun_.find(name);
    if (state != "begun" && begun != begun_.end()) {
        step["ms"] = now_() - begun->second;
        begun_.erase(begun);
    }
    if (state == "failed") is_good_ = false;
    // Strangers may come for ever; a report ends.
    const bool is_kept = state == "done" || state == "failed" || all_->size() < notes_max;
    if (state != "begun" && is_kept) all_->push_back(step);
    if (told_) told_(step);
}

}  // namespace sz::net
