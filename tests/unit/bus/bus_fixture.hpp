// SPDX-License-Identifier: AGPL-3.0-or-later
// A bus on a thread of its own, and a schema check that knows "required" only.
#pragma once

#include <future>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "kernel/bus/bus.hpp"

namespace sz::test {

inline Findings check_required(const std::string& schema, const Json& value) {
    Findings findings;
    const auto rules = Json::parse(schema);
    if (!rules.is_object()) return findings;
    for (const auto& name : rules.value("required", Json::array())) {
        if (value.contains(name.get<std::string>())) continue;
        Finding finding;
        finding.code = "SZ-SCHEMA-001";
        finding.pointer = "/" + name.get<std::string>();
        finding.message = "it is missing";
        findings.push_back(finding);
    }
    return findings;
}

struct BusFixture {
    KernelThread thread;
    Bus bus{thread, check_required};

    void add(const std::string& name, Handler handler, Json params = Json::object(),
             Json result = Json::object()) {
        const Json schema{{"summary", "A method of a test."},
                          {"params", std::move(params)},
                          {"result", std::move(result)}};
        const auto added = bus.add_method({name, {}, schema.dump(), "test"}, std::move(handler));
        if (!added) throw std::runtime_error(added.error().message);
    }

    // What has been posted so far has run when this returns.
    void settle() {
        thread.run_and_wait([] {});
    }
};

inline std::string code_of(const Result<Json>& result) {
    return result ? "answered" : result.error().code;
}

// A call whose handler keeps it, so that the test decides when it is answered.
struct KeptCall {
    std::promise<Call> promise;
    Handler handler() {
        return [this](Call call) { promise.set_value(std::move(call)); };
    }
    Call take() { return promise.get_future().get(); }
};

}  // namespace sz::test
