// SPDX-License-Identifier: AGPL-3.0-or-later
// Offers methods with broken names and schemas, and one that throws. Its method "tried" answers
// which status each of them got.
#include <array>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <utility>

#define PLAIN_ID "org.test.offers"
#define PLAIN_INIT offers_init
#include <sz/entry.h>

namespace {

const sz_bus* bus = nullptr;
std::string tried;

sz_str text(const std::string& from) { return {from.data(), from.size()}; }

void offer(const std::string& name, const std::string& params, sz_method_fn fn) {
    const std::string schema = R"({"summary":"s","params":)" + params + R"(,"result":{}})";
    const sz_status status =
        bus->add_method(bus->self, text(PLAIN_ID "." + name), text(schema), fn, nullptr);
    tried += (tried.empty() ? "" : " ") + std::to_string(status);
}

void throws(void*, std::uint64_t, sz_str) { throw std::runtime_error("boo"); }
void tell(void*, std::uint64_t request, sz_str) {
    (void)bus->reply(bus->self, request, SZ_OK, text("\"" + tried + "\""));
}

sz_status offers_init(const sz_host* host, sz_sink) {
    bus = static_cast<const sz_bus*>(host->get_service(host->self, SZ_BUS_ID));
    if (bus == nullptr) return SZ_ERR_UNSUPPORTED;
    offer("throws", "{}", throws);
    offer("bad\xff", "{}", throws);
    offer("sp ace\n", "{}", throws);
    const std::array<std::string, 5> broken{
        "5", R"({"type":"nonsense"})", R"({"$ref":"http://127.0.0.1:9/x.json"})", R"({"$ref":"#"})",
        R"({"properties":{"a":{"type":"string","pattern":"("}}})"};
    for (std::size_t i = 0; i < broken.size(); ++i)
        offer("broken" + std::to_string(i), broken[i], throws);
    offer("tried", R"({"type":"object"})", tell);
    return SZ_OK;
}

}  // namespace

#include "plain.h"
