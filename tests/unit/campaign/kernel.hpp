// SPDX-License-Identifier: AGPL-3.0-or-later
// A bus with campaigns on it, parameters and results checked against their schemas.
#pragma once

#include <memory>
#include <string>

#include "kernel/campaign/campaigns.hpp"
#include "kernel/content/library.hpp"
#include "tests/unit/campaign/evening.hpp"

namespace sz::test {

inline Findings checked(const std::string& schema, const Json& value) {
#ifdef SZ_CHECKS_SCHEMAS
    return check_schema(schema, value);
#else
    (void)schema, (void)value;
    return {};
#endif
}

class Kernel {
  public:
    Kernel() : bus(thread, checked) { start(); }
    ~Kernel() { stop(); }

    void start() {
        thread.run_and_wait([this] {
            auto opened = Campaigns::open({profile.path()},
                                          {bus, thread, templates, fields, gm, Sources::real()});
            if (!opened) return;
            campaigns = std::move(*opened);
            (void)campaigns->add_methods();
        });
        REQUIRE(campaigns);
    }
    void stop() {
        thread.run_and_wait([this] {
            if (campaigns) campaigns->stop();
            campaigns.reset();
            bus.remove_methods("kernel");
        });
    }

    Result<Json> call(const std::string& method, Json params) {
        return bus.call_and_wait(method, std::move(params));
    }
    Json must(const std::string& method, Json params) {
        const auto result = call(method, std::move(params));
        INFO(method << ": "
                    << (result ? std::string()
                               : result.error().code + " " + result.error().message));
        REQUIRE(result);
        return *result;
    }
    std::string code(const std::string& method, Json params) {
        const auto result = call(method, std::move(params));
        return result ? "ok" : result.error().code;
    }

    TempDir profile;
    FakeTemplates templates;
    FakeFieldTypes fields;
    FakeIdentity gm{1};
    KernelThread thread;
    Bus bus;
    std::unique_ptr<Campaigns> campaigns;
};

}  // namespace sz::test
