// SPDX-License-Identifier: AGPL-3.0-or-later
// A pack format that does what its path argument says: puts hostile paths, ignores refusals, reads
// nothing, crashes inside.
#include <sz/cpp/plugin.hpp>

using namespace sz::plugin;

class Hostile : public PackFormat {
  public:
    Hostile() : PackFormat({"hostile", "Hostile", ".hostile", SZ_PACK_FORMAT_READS}) {}

    int probe(std::string_view path) const override { return path.ends_with(".hostile") ? 100 : 0; }

    Status read(std::string_view path, std::string_view, const PackWriter& out,
                const Progress& progress, Findings& findings) const override {
        const auto asks = [&](std::string_view word) {
            return path.find(word) != std::string_view::npos;
        };
        if (asks("nothing")) return {};
        if (asks("throw")) throw 1;
        if (asks("unbegun")) return out.put("a.json", "{}");
        (void)out.begin();
        if (asks("ignore")) (void)out.put("../../outside", "x");
        if (asks("dots")) return out.put("../../outside", "x");
        if (asks("absolute")) return out.put("/etc/outside", "x");
        if (asks("case")) {
            (void)out.put("media/images/Ä.png", "x");
            return out.put("media/images/ä.png", "x");
        }
        if (asks("secret-error"))
            findings.error("SZ-TEST-001", "Something is wrong.").hint("Mend it.");
        if (asks("cancel")) return progress.report(1, 2, "reading");
        if (Status put = out.put("szpack.json", "{}"); !put) return put;
        return out.put("objects/a.json", "{}");
    }
};

SZ_PLUGIN("org.test.hostile-format", Offer<Hostile>);
