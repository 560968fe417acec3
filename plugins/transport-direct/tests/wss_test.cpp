// SPDX-License-Identifier: AGPL-3.0-or-later
#include "certificates.hpp"
#include "host.hpp"
#include "raw.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace direct;
using namespace direct::test;

namespace {

struct Safe {
    sz::test::TempDir folder;
    Host host;

    Handle listen(const Certificate& with) {
        return host.listen("wss://127.0.0.1:0", {{"certificate", with.file}, {"key", with.key}});
    }
    // What becomes of a client that goes there by `name` and trusts `authorities`.
    Told try_at(Handle listener, const std::string& name, const std::string& authorities) {
        Json options = Json::object();
        if (!authorities.empty()) options["authorities"] = authorities;
        const Handle client =
            host.connect("wss://" + name + ":" + std::to_string(host.port(listener)), options);
        return host.wait_open(client);
    }
};

}  // namespace

TEST_CASE("wss:// is encrypted with a certificate that is trusted, by name and by address") {
    Safe safe;
    const Certificate own = make_certificate(safe.folder.path(), "table");
    const Handle listener = safe.listen(own);
    const Told told = safe.try_at(listener, "127.0.0.1", own.file);
    CHECK(told.why == 0);
    CHECK(told.steps == std::vector<std::string>{"connect begun", "connect done", "tls begun",
                                                 "tls done", "upgrade begun", "upgrade done"});
    CHECK(safe.try_at(listener, "localhost", own.file).why == 0);
    CHECK(safe.host.wait_open(listener).opened.at("urls").at(0).get<std::string>().find(
              "wss://127.0.0.1:") == 0);
}

TEST_CASE("a certificate that is not to be trusted is told by what is wrong with it") {
    Safe safe;
    const Certificate own = make_certificate(safe.folder.path(), "table");
    const auto code = [&](const Certificate& with, const std::string& name,
                          const std::string& authorities) {
        const Handle listener = safe.listen(with);
        const Told told = safe.try_at(listener, name, authorities);
        CHECK(told.why == SZ_CLOSED_FAILED);
        CHECK(told.steps.back() == "tls failed");
        CHECK(safe.host.wait_open(listener).accepted.empty());
        return told.closed.at("code").get<std::string>();
    };
    CHECK(code(own, "127.0.0.1", "") == "SZ-TRANSPORT-030");  // this system does not know it
    const Certificate other = make_certificate(safe.folder.path(), "other");
    CHECK(code(own, "127.0.0.1", other.file) == "SZ-TRANSPORT-030");
    const Certificate old =
        make_certificate(safe.folder.path(), "old", {"IP:127.0.0.1", -7200, -3600});
    CHECK(code(old, "127.0.0.1", old.file) == "SZ-TRANSPORT-031");
    const Certificate early =
        make_certificate(safe.folder.path(), "early", {"IP:127.0.0.1", 3600, 7200});
    CHECK(code(early, "127.0.0.1", early.file) == "SZ-TRANSPORT-031");
    const Certificate elsewhere = make_certificate(safe.folder.path(), "elsewhere",
                                                   {"DNS:example.org,IP:192.0.2.1", -3600, 3600});
    CHECK(code(elsewhere, "127.0.0.1", elsewhere.file) == "SZ-TRANSPORT-032");
    CHECK(code(elsewhere, "localhost", elsewhere.file) == "SZ-TRANSPORT-032");
}

TEST_CASE("who mixes up ws:// and wss:// is told") {
    Safe safe;
    const Certificate own = make_certificate(safe.folder.path(), "table");
    const std::string secure = std::to_string(safe.host.port(safe.listen(own)));
    const Handle plain = safe.host.listen("ws://127.0.0.1:0");
    const Told told = safe.try_at(plain, "127.0.0.1", own.file);
    CHECK(told.closed.at("code") == "SZ-TRANSPORT-033");
    CHECK_THAT(told.closed.at("hint").get<std::string>(), ContainsSubstring("ws://"));
    const Told other = safe.host.wait_closed(safe.host.connect("ws://127.0.0.1:" + secure));
    CHECK(other.closed.at("code") == "SZ-TRANSPORT-035");
}

TEST_CASE("files that hold no certificate, no key, or another's, are named") {
    Safe safe;
    const Certificate own = make_certificate(safe.folder.path(), "table");
    const Certificate other = make_certificate(safe.folder.path(), "other");
    const auto refused = [&](const Certificate& with) {
        const Told told = safe.host.wait_closed(safe.listen(with));
        CHECK(told.why == SZ_CLOSED_FAILED);
        CHECK(told.closed.at("code") == "SZ-TRANSPORT-034");
        return told.closed.at("message").get<std::string>();
    };
    CHECK(refused({"/no/such/file", own.key}) == "The certificate /no/such/file cannot be used.");
    CHECK(refused({own.file, own.file}) == "The key " + own.file + " cannot be used.");
    CHECK(refused({own.file, other.key}) == "The key " + other.key + " cannot be used.");
    const Handle listener = safe.listen(own);
    const Told told = safe.try_at(listener, "127.0.0.1", own.key);
    CHECK(told.closed.at("code") == "SZ-TRANSPORT-034");
}

TEST_CASE("listening at wss:// without a certificate is refused at once") {
    Host host;
    const auto refused = host.try_listen("wss://127.0.0.1:0");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "SZ-TRANSPORT-002");
    CHECK(refused.error().pointer == "/certificate");
    const auto half = host.try_listen("wss://127.0.0.1:0", {{"certificate", "x"}});
    REQUIRE_FALSE(half);
    CHECK(half.error().pointer == "/key");
}

TEST_CASE("strangers at wss:// are hung up on, and honest ones get in") {
    Safe safe;
    const Certificate own = make_certificate(safe.folder.path(), "table");
    const Handle listener = safe.listen(own);
    for (const char* bytes :
         {"GET / HTTP/1.1\r\n\r\n", "\x16\x03\x01\xFF\xFF", "garbage\r\n\r\n"}) {
        Raw raw(safe.host.port(listener));
        raw.write(bytes + std::string(70'000, '\0'));
        raw.read();
    }
    CHECK(safe.try_at(listener, "127.0.0.1", own.file).why == 0);
}
