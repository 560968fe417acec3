// SPDX-License-Identifier: AGPL-3.0-or-later
#include <set>
#include <sstream>
#include <string_view>

#include "transport_laws.hpp"

namespace check {

using sz::plugin::view;

namespace {

bool is_scheme(const std::string& word) {
    for (const char c : word)
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))
            return false;
    return !word.empty() && word[0] >= 'a' && word[0] <= 'z';
}

Complaint table_is_whole(const Subject& subject) {
    const sz::plugin::testing::LoadedPlugin plugin(subject.library(), subject.data_dir);
    const auto& all = plugin.extension<sz_transports>(SZ_TRANSPORTS_ID);
    if (all.size < SZ_TRANSPORTS_SIZE_1 || all.count == 0 || all.items == nullptr)
        return std::string("The list of transports is empty or has another size.");
    std::set<std::string> taken;
    for (std::uint32_t i = 0; i < all.count; ++i) {
        const sz_transport* one = all.items[i];
        if (one == nullptr || one->size < SZ_TRANSPORT_SIZE_1)
            return std::string("A transport is missing, or \"size\" is not that of sz_transport.");
        if (view(one->name).empty() || view(one->title).empty())
            return std::string("A transport has no name or no title.");
        if (one->listen == nullptr || one->connect == nullptr || one->send == nullptr ||
            one->protect == nullptr || one->statistics == nullptr || one->close == nullptr)
            return std::string(one->name) + ": a function is NULL.";
        std::istringstream words{std::string(view(one->schemes))};
        const std::size_t before = taken.size();
        for (std::string word; words >> word;) {
            if (!is_scheme(word))
                return std::string(one->name) + ": \"" + word + "\" is no scheme of a URL.";
            if (!taken.insert(word).second) return "The scheme " + word + " stands there twice.";
        }
        if (taken.size() == before) return std::string(one->name) + ": it takes no scheme.";
    }
    return {};
}

Complaint hold(const Law& law, const Subject& subject, const TransportPlace& place) {
    Bench bench(subject, place);
    std::string complaint;
    try {
        law.holds(bench);
    } catch (const Broken& broken) {
        complaint = broken.what();
    }
    // What it does against the rules of events is more likely the cause than the consequence.
    const std::string wrong = bench.finish();
    if (!wrong.empty()) return wrong;
    return complaint.empty() ? Complaint() : Complaint(complaint);
}

}  // namespace

std::vector<Check> transport_checks(const Subject& subject) {
    if (!subject.offers(SZ_TRANSPORTS_ID)) return {};
    std::vector<Check> checks{
        {"transport.table", "Every transport has its words and functions.", table_is_whole}};
    std::vector<Law> laws = opening_laws();
    for (auto more : {message_laws(), closing_laws()})
        laws.insert(laws.end(), more.begin(), more.end());
    for (const TransportPlace& place : subject.transports)
        for (const Law& law : laws)
            checks.push_back({"transport." + law.name, law.rule,
                              [law, place](const Subject& s) { return hold(law, s, place); },
                              place.url});
    return checks;
}

}  // namespace check
