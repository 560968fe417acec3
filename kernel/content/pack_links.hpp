// SPDX-License-Identifier: AGPL-3.0-or-later
// Where links and image paths lead: into the pack itself, into a declared dependency, or nowhere.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "kernel/content/pack_contents.hpp"

namespace sz {

struct Link {
    std::string pack, object, entry, version;  // an empty entry: a link to the object
    const char* type = "dataset";              // what the object must be
};

class PackLinks {
  public:
    PackLinks(const PackContents& contents, const OtherPacks& others, PackReport& report);

    // szpack.json's dependencies: repeated, not installed, in a circle.
    void check_dependencies();

    // The links and images of a pack's and an object's own keys.
    void check_manifest();
    void check_object(const LoadedObject& object);

    // A link or image path of `file` at `pointer`.
    void check_link(const Link& link, const std::string& file, const std::string& pointer);
    void check_image(const std::string& path, const std::string& file, const std::string& pointer);

  private:
    struct Dependency {
        std::string id, name, range;
        std::string pointer;                // in szpack.json
        std::vector<std::string> versions;  // installed ones that the range admits, highest last
    };

    void check_link_inside(const Link& link, const std::string& file, const std::string& pointer);
    void check_link_outside(const Link& link, const Dependency& dependency, const std::string& file,
                            const std::string& pointer);
    void check_icon(const Json& object, const std::string& file, const std::string& pointer);
    void check_own_link(const Json& link, const char* id_key, const char* type,
                        const std::string& file, const std::string& pointer);
    void add_dependency(const Json& dependency, std::size_t index);
    [[nodiscard]] std::vector<std::string> circle_through(const std::string& pack,
                                                          const std::string& range) const;

    const PackContents& contents_;
    const OtherPacks& others_;
    PackReport& report_;
    std::vector<Dependency> dependencies_;
    std::unordered_map<std::string, const LoadedObject*> objects_;
};

}  // namespace sz
