// SPDX-License-Identifier: AGPL-3.0-or-later
#include "value.hpp"

#include <algorithm>

namespace open5e {

bool Value::empty() const {
    if (const auto* t = text()) return t->empty();
    if (const auto* l = list()) return l->empty();
    if (const auto* o = object()) return o->empty();
    return std::holds_alternative<std::monostate>(data_);
}

bool operator==(const Value& a, const Value& b) {
    if (a.data_.index() != b.data_.index()) return false;
    if (const auto* x = a.object()) return same_members(*x, *b.object());
    if (const auto* x = a.list()) return *x == *b.list();
    if (const auto* x = a.text()) return *x == *b.text();
    if (const auto* x = a.number()) return *x == *b.number();
    if (const auto* x = a.boolean()) return *x == *b.boolean();
    return true;
}

const Value* find(const Value::Object& object, std::string_view name) {
    const auto at = std::find_if(object.begin(), object.end(),
                                 [name](const Member& member) { return member.name == name; });
    return at == object.end() ? nullptr : &at->value;
}

bool same_members(const Value::Object& a, const Value::Object& b) {
    constexpr std::size_t searched_max = 64;
    if (a.size() != b.size()) return false;
    if (a.size() <= searched_max) {
        return std::all_of(a.begin(), a.end(), [&b](const Member& member) {
            const Value* other = find(b, member.name);
            return other != nullptr && *other == member.value;
        });
    }
    const auto sorted = [](const Value::Object& object) {
        std::vector<const Member*> members;
        for (const Member& member : object) members.push_back(&member);
        std::sort(members.begin(), members.end(),
                  [](const Member* x, const Member* y) { return x->name < y->name; });
        return members;
    };
    const auto ours = sorted(a);
    const auto theirs = sorted(b);
    return std::equal(ours.begin(), ours.end(), theirs.begin(),
                      [](const Member* x, const Member* y) {
                          return x->name == y->name && x->value == y->value;
                      });
}

void append_string(std::string& out, std::string_view text) {
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    std::size_t written = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text, written, i - written);
        written = i + 1;
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default:
                out += "\\u00";
                out += hex[c >> 4];
                out += hex[c & 15];
        }
    }
    out.append(text, written);
    out += '"';
}

void append_json(std::string& out, const Value& value) {
    if (const auto* t = value.text()) {
        append_string(out, *t);
    } else if (const auto* n = value.number()) {
        out += *n;
    } else if (const auto* b = value.boolean()) {
        out += *b ? "true" : "false";
    } else if (const auto* l = value.list()) {
        out += '[';
        for (const Value& item : *l) {
            if (&item != l->data()) out += ',';
            append_json(out, item);
        }
        out += ']';
    } else if (const auto* o = value.object()) {
        out += '{';
        for (const Member& member : *o) {
            if (&member != o->data()) out += ',';
            append_string(out, member.name);
            out += ':';
            append_json(out, member.value);
        }
        out += '}';
    } else {
        out += "null";
    }
}

}  // namespace open5e
