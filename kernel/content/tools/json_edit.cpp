// SPDX-License-Identifier: AGPL-3.0-or-later
#include "kernel/content/tools/json_edit.hpp"

#include <algorithm>
#include <map>

#include "kernel/content/json_cursor.hpp"

namespace sz::tools {

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

// Where in the text something stands; a tree of those parts that edits ask for.
struct Span {
    std::map<std::string, Span, std::less<>> children;
    std::size_t key_begin = nowhere, key_end = 0;
    std::size_t begin = nowhere, end = 0;  // of the value
    // Of an object: what stands before its first key, and whether there is one.
    std::size_t first_key = nowhere;
};

void find_spans(JsonCursor& cursor, std::string_view text, Span& span, std::size_t depth) {
    cursor.skip_white();
    span.begin = cursor.at();
    const char open = cursor.peek();
    const bool is_entered = depth > 0 && (open == '{' || open == '[');
    if (!is_entered) {
        cursor.skip_value();
    } else {
        cursor.take(open);
        const char close = open == '{' ? '}' : ']';
        for (std::size_t index = 0; !cursor.take(close) && cursor.peek() != '\0'; ++index) {
            std::string name = std::to_string(index);
            const auto key_begin = cursor.at();
            auto key_end = key_begin;
            if (open == '{') {
                if (span.first_key == nowhere) span.first_key = key_begin;
                name = unquoted_key(cursor.take_string());
                key_end = cursor.at();
                cursor.take(':');
            }
            const auto child = span.children.find(name);
            if (child == span.children.end()) {
                cursor.skip_value();
            } else {
                child->second.key_begin = key_begin;
                child->second.key_end = key_end;
                find_spans(cursor, text, child->second, depth - 1);
            }
            cursor.take(',');
            if (cursor.at() == key_begin) return;
        }
    }
    span.end = cursor.at();
    // A number ends behind the white space that follows it.
    while (span.end > span.begin &&
           std::string_view(" \t\r\n").find(text[span.end - 1]) != std::string_view::npos)
        --span.end;
}

struct Splice {
    std::size_t at, length;
    std::string text;
};

std::string member_text(const JsonEdit& edit) {
    return nlohmann::json(edit.key).dump() + ": " + edit.value.dump();
}

class Editor {
  public:
    Editor(std::string_view text, const std::vector<JsonEdit>& edits) : text_(text), edits_(edits) {
        for (const auto& edit : edits) {
            auto& span = ask(edit.pointer);
            if (edit.kind == JsonEdit::Kind::add && !edit.behind.empty())
                span.children[edit.behind];
        }
        JsonCursor cursor(text);
        find_spans(cursor, text, root_, scan_depth_max);
    }

    std::optional<std::string> run() {
        for (const auto& edit : edits_) {
            const auto& span = ask(edit.pointer);
            const bool is_member = edit.kind != JsonEdit::Kind::rename || span.key_begin != nowhere;
            if (span.begin == nowhere || !is_member) return std::nullopt;
            if (edit.kind == JsonEdit::Kind::rename) {
                splices_.push_back({span.key_begin, span.key_end - span.key_begin,
                                    nlohmann::json(edit.key).dump()});
            } else if (edit.kind == JsonEdit::Kind::set) {
                splices_.push_back({span.begin, span.end - span.begin, edit.value.dump()});
            } else if (text_[span.begin] != '{') {
                return std::nullopt;
            } else {
                add_member(edit, span);
            }
        }
        return spliced();
    }

  private:
    Span& ask(std::string_view pointer) {
        auto* span = &root_;
        for (auto& part : pointer_parts(pointer)) span = &span->children[std::move(part)];
        return *span;
    }

    // As the object's first member stands: on a line of its own, indented, or beside the others.
    void add_member(const JsonEdit& edit, const Span& object) {
        const auto inside = object.begin + 1;
        if (object.first_key == nowhere) {
            const bool is_first = ++added_to_empty_[object.begin] == 1;
            splices_.push_back({inside, 0, (is_first ? "" : ", ") + member_text(edit)});
            return;
        }
        const auto lead = std::string(text_.substr(inside, object.first_key - inside));
        const auto behind = object.children.find(edit.behind);
        if (behind != object.children.end() && behind->second.begin != nowhere) {
            splices_.push_back(
                {behind->second.end, 0, "," + (lead.empty() ? " " : lead) + member_text(edit)});
        } else {
            splices_.push_back({inside, 0, lead + member_text(edit) + (lead.empty() ? ", " : ",")});
        }
    }

    std::string spliced() {
        std::stable_sort(splices_.begin(), splices_.end(),
                         [](const Splice& a, const Splice& b) { return a.at < b.at; });
        std::string result;
        std::size_t at = 0;
        for (const auto& splice : splices_) {
            result += text_.substr(at, splice.at - at);
            result += splice.text;
            at = splice.at + splice.length;
        }
        return result += text_.substr(at);
    }

    std::string_view text_;
    const std::vector<JsonEdit>& edits_;
    Span root_;
    std::vector<Splice> splices_;
    std::map<std::size_t, std::size_t> added_to_empty_;  // by where the object begins
};

}  // namespace

std::optional<std::string> apply_edits(std::string_view text, const std::vector<JsonEdit>& edits) {
    return Editor(text, edits).run();
}

}  // namespace sz::tools
