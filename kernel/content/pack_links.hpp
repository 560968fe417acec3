// SPDX-License-Identifier: AGPL-3.0-or-later
// Where links and image paths lead: into the pack itself, into a declared dependency, or nowhere.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "kernel/content/pack_contents.hpp"
#include "kernel/content/pulse.hpp"

namespace sz {

struct Link {
    std::string pack, object, entry, version;  // an empty entry: a link to the object
    const char* type = "dataset";              // what the object must be
};

class PackLinks {
  public:
    static constexpr std::size_t suggestions_max = 100;         // faults that get a "Did you mean"
    static constexpr std::size_t words_compared_max = 200'000;  // for all of them

    PackLinks(const PackContents& contents, const OtherPacks& others, PackReport& report);

    // The id of the pack that is checked.
    [[nodiscard]] const std::string& own_pack() const { return contents_.id; }

    // szpack.json's dependencies: repeated, not installed, in a circle.
    void check_dependencies();

    // The links and images of a pack's and an object's own keys.
    void check_manifest();
    void check_object(const LoadedObject& object, Pulse& pulse);

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
    [[nodiscard]] std::string did_you_mean(const std::string& word,
                                           const std::vector<std::string>& known,
                                           const std::string& otherwise);
    [[nodiscard]] const std::vector<std::string>& object_ids();
    [[nodiscard]] const std::vector<std::string>& entry_ids(const LoadedObject& object);
    void add_dependency(const Json& dependency, std::size_t index);
    [[nodiscard]] std::vector<std::string> circle_through(const std::string& pack,
                                                          const std::string& range) const;

    const PackContents& contents_;
    const OtherPacks& others_;
    PackReport& report_;
    std::vector<Dependency> dependencies_;
    std::unordered_map<std::string, std::size_t> by_pack_;  // the first dependency on each
    std::unordered_map<std::string, const LoadedObject*> objects_;
    std::unordered_map<std::string, const std::string*> images_;  // by their names in lower case
    // Made when the first fault needs them.
    std::vector<std::string> object_ids_;
    std::unordered_map<const LoadedObject*, std::vector<std::string>> entry_ids_;
    std::size_t suggestions_ = 0, words_compared_ = 0;
};

}  // namespace sz
