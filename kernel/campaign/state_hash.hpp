// SPDX-License-Identifier: AGPL-3.0-or-later
// The hash of a campaign's state, kept up to date row by row: a change costs one row, one instance
// and one of 64 buckets, however large the campaign is (README.md, "State").
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>

#include "kernel/crypto/crypto.hpp"

namespace sz::campaign {

class StateHash {
  public:
    void set(const std::string& group, const std::string& key, std::string_view text);
    void erase(const std::string& group, const std::string& key);
    [[nodiscard]] Digest root();

  private:
    struct Group {
        std::map<std::string, Digest, std::less<>> rows;
        Digest digest{};
        bool is_fresh = false;
    };
    struct Bucket {
        std::map<std::string, Group, std::less<>> groups;
        Digest digest{};
        bool is_fresh = false;
    };
    Bucket& bucket_of(const std::string& group);
    static void refresh(Bucket& bucket);

    std::array<Bucket, 64> buckets_;
};

}  // namespace sz::campaign
