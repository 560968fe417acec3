// SPDX-License-Identifier: AGPL-3.0-or-later
#include <sodium.h>
#include <sz/cpp/plugin.hpp>

#include <chrono>

#include "store.hpp"

namespace identity {

class LocalIdentities final : public sz::plugin::Plugin {
  public:
    [[nodiscard]] Status init(const sz::plugin::Host& host) override {
        if (sodium_init() < 0) {
            return sz::plugin::invalid("SZ-IDENTITY-014",
                                       "The cryptographic library could not be started: the system "
                                       "gives no random numbers.");
        }
        const auto folder = host.data_dir();
        if (!folder)
            return sz::plugin::invalid("SZ-IDENTITY-006",
                                       "The plugin has no folder for the identities.");
        LocalStore::Options options;
        options.now_ms = [] {
            using namespace std::chrono;
            return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
        };
        options.warn = [host](const std::string& message) { host.log(SZ_LOG_WARNING, message); };
        auto store = LocalStore::create(*folder, std::move(options));
        if (!store) return store.error();
        store_ = *std::move(store);
        offer(*store_);
        return {};
    }

  private:
    std::unique_ptr<LocalStore> store_;
};

}  // namespace identity

SZ_PLUGIN("org.sessionzero.identity-local", identity::LocalIdentities);
