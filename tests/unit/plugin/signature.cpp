// SPDX-License-Identifier: AGPL-3.0-or-later
#include <fstream>

#include "kernel/crypto/crypto.hpp"
#include "kernel/plugin/folder.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temp_dir.hpp"

using namespace sz;

namespace {

// The key pair of RFC 8032, section 7.1, test 1, and its signature over "SessionZero plugin
// v1\n{}\n", made with OpenSSL.
constexpr const char* public_key =
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
constexpr const char* signature =
    "7024bfd3d90e8470b82241a0302cbded1296cdec51040c1dbf8bc47ec3dd28a9"
    "ab712704f80832f49ed5c6c724a9e7104a2604418456a1e229a21b87433d7407";

struct Signed {
    test::TempDir dir;
    std::string signer;

    Signed() {
        REQUIRE(crypto_init());
        signer = client_id_text(*digest_from_hex(public_key));
        write(R"({"signer":")" + signer + R"(","signature":")" + signature + "\"}");
    }
    void write(const std::string& text) const { std::ofstream(dir / signature_name) << text; }
    // Who signed `manifest`; "-" nobody; else the error's code.
    [[nodiscard]] std::string check(const std::string& manifest) const {
        const auto found = check_signature(dir.path(), manifest);
        if (!found) return found.error().code;
        return found->value_or("-");
    }
};

}  // namespace

TEST_CASE("a signature names its signer") {
    const Signed folder;
    CHECK(folder.check("{}\n") == folder.signer);
}

TEST_CASE("a signature over other bytes is refused") {
    const Signed folder;
    CHECK(folder.check("{} \n") == "SZ-PLUGIN-007");
}

TEST_CASE("an unsigned folder has no signer") {
    const Signed folder;
    std::filesystem::remove(folder.dir / signature_name);
    CHECK(folder.check("{}\n") == "-");
}

TEST_CASE("a signature file that is none is refused") {
    const Signed folder;
    for (const std::string& text :
         {std::string(), std::string("[]"), std::string("{}"),
          R"({"signer":")" + folder.signer + R"(","signature":"00"})",
          std::string(R"({"signer":"szid1nobody","signature":")") + signature + "\"}"}) {
        folder.write(text);
        CHECK(folder.check("{}\n") == "SZ-PLUGIN-007");
    }
}

TEST_CASE("a link in the place of a signature is refused") {
    const Signed folder;
    std::filesystem::rename(folder.dir / signature_name, folder.dir / "elsewhere");
    std::filesystem::create_symlink(folder.dir / "elsewhere", folder.dir / signature_name);
    CHECK(folder.check("{}\n") == "SZ-PLUGIN-007");
}
