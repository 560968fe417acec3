// SPDX-License-Identifier: AGPL-3.0-or-later
// What the doctor found, step by step, with the time that each took.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "kernel/base/json.hpp"
#include "kernel/net/packet.hpp"

namespace sz::net {

// {"step","state":"begun"|"done"|"failed"|"note","ms","message","hint"} and what a step measured.
class Steps {
  public:
    using Told = std::function<void(const Json& step)>;
    Steps(std::function<SteadyMs()> now, Told told);

    void begin(const std::string& name, const std::string& message);
    void done(const std::string& name, const std::string& message, const Json& measured);
    void failed(const std::string& name, const Error& why);
    // The step that began last and has no end yet; else “connect”.
    void failed_last(const Error& why);
    void note(const std::string& name, const std::string& message, const std::string& hint = {});
    // As a transport or an introduction says it.
    void tell(const std::string& name, const std::string& state, const std::string& message,
              const std::string& hint);

    [[nodiscard]] bool is_good() const { return is_good_; }
    [[nodiscard]] const Json& all() const;  // without those that only began

  private:
    void add(const std::string& name, const std::string& state, const std::string& message,
             const std::string& hint, const Json* measured);

    std::function<SteadyMs()> now_;
    Told told_;
    std::map<std::string, SteadyMs> begun_;
    std::string last_;
    std::shared_ptr<Json> all_;
    bool is_good_ = true;
};

}  // namespace sz::net
