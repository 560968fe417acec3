// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/campaign/state_hash.hpp"

namespace sz::campaign {

StateHash::Bucket& StateHash::bucket_of(const std::string& group) {
    return buckets_[blake2b(std::string_view(group)).front() % buckets_.size()];
}

void StateHash::set(const std::string& group, const std::string& key, std::string_view text) {
    Bucket& bucket = bucket_of(group);
    Group& in_group = bucket.groups[group];
    in_group.rows[key] = Hasher("SessionZero state row v1").add(key).add(text).finish();
    in_group.is_fresh = false;
    bucket.is_fresh = false;
}

void StateHash::erase(const std::string& group, const std::string& key) {
    Bucket& bucket = bucket_of(group);
    const auto found = bucket.groups.find(group);
    if (found == bucket.groups.end()) return;
    found->second.rows.erase(key);
    found->second.is_fresh = false;
    bucket.is_fresh = false;
    if (found->second.rows.empty()) bucket.groups.erase(found);
}

void StateHash::refresh(Bucket& bucket) {
    Hasher all("SessionZero state bucket v1");
    for (auto& [name, group] : bucket.groups) {
        if (!group.is_fresh) {
            Hasher hasher("SessionZero state group v1");
            hasher.add(name);
            for (const auto& [key, row] : group.rows) hasher.add(row);
            group.digest = hasher.finish();
            group.is_fresh = true;
        }
        all.add(group.digest);
    }
    bucket.digest = all.finish();
    bucket.is_fresh = true;
}

Digest StateHash::root() {
    Hasher all("SessionZero state v1");
    for (Bucket& bucket : buckets_) {
        if (!bucket.is_fresh) refresh(bucket);
        all.add(bucket.digest);
    }
    return all.finish();
}

}  // namespace sz::campaign
