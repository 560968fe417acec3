// SPDX-License-Identifier: AGPL-3.0-or-later
// Markdown (GitHub's dialect) into a StyledText, with the links it found. Raw HTML is shown as
// text, pictures as their words. [ui-thread]
//
// Needs md4c (pkg-config md4c): a small CommonMark parser that reports events and copies nothing.
#pragma once

#include <md4c.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "styled_text.hpp"

namespace sz::ui {

struct MarkdownLink {
    std::string text, target;
    long from = 0, to = 0;  // where it stands in the StyledText; equal: in a table, or nowhere
};

class MarkdownWriter {
  public:
    // Writes `text` at the end of `out`. `heading_shift`: how many steps smaller its headings are
    // than a page's own.
    static std::vector<MarkdownLink> write(StyledText& out, const std::string& text,
                                           int heading_shift = 1) {
        MarkdownWriter writer(out, heading_shift);
        MD_PARSER parser{};
        parser.flags = MD_DIALECT_GITHUB | MD_FLAG_NOHTML;
        parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* self) {
            return static_cast<MarkdownWriter*>(self)->enter_block(type, detail);
        };
        parser.leave_block = [](MD_BLOCKTYPE type, void*, void* self) {
            return static_cast<MarkdownWriter*>(self)->leave_block(type);
        };
        parser.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
            return static_cast<MarkdownWriter*>(self)->span(type, detail, true);
        };
        parser.leave_span = [](MD_SPANTYPE type, void* detail, void* self) {
            return static_cast<MarkdownWriter*>(self)->span(type, detail, false);
        };
        parser.text = [](MD_TEXTTYPE type, const MD_CHAR* data, MD_SIZE size, void* self) {
            return static_cast<MarkdownWriter*>(self)->text(type, std::string(data, size));
        };
        if (md_parse(text.data(), static_cast<MD_SIZE>(text.size()), &parser, &writer) != 0)
            out.write(from_utf8(text));
        return std::move(writer.links_);
    }

  private:
    MarkdownWriter(StyledText& out, int heading_shift) : out_(out), heading_shift_(heading_shift) {}

    struct ListState {
        bool ordered;
        unsigned next;
    };

    // Blocks are separated by one empty line, items of a list by none.
    void separate(bool tight) {
        if (!anything_) return;
        if (!at_line_start_) out_.write("\n");
        if (!tight && !blank_) out_.write("\n");
        at_line_start_ = true;
        blank_ = !tight;
    }

    int enter_block(MD_BLOCKTYPE type, void* detail) {
        switch (type) {
            case MD_BLOCK_H:
                separate(false);
                style_.heading =
                    std::min(6, static_cast<int>(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level) +
                                    heading_shift_);
                break;
            case MD_BLOCK_P:
                if (!item_just_begun_) separate(false);
                item_just_begun_ = false;
                break;
            case MD_BLOCK_UL:
                lists_.push_back({false, 0});
                if (lists_.size() == 1) separate(false);
                break;
            case MD_BLOCK_OL:
                lists_.push_back({true, static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start});
                if (lists_.size() == 1) separate(false);
                break;
            case MD_BLOCK_LI: enter_item(); break;
            case MD_BLOCK_QUOTE: ++style_.indent; break;
            case MD_BLOCK_CODE:
                separate(false);
                style_.code = true;
                break;
            case MD_BLOCK_HR:
                separate(false);
                put(wxString(wxUniChar(0x2014), 12));
                break;
            case MD_BLOCK_TABLE:
                separate(false);
                rows_.clear();
                break;
            case MD_BLOCK_TR: rows_.emplace_back(); break;
            case MD_BLOCK_TH:
            case MD_BLOCK_TD:
                in_cell_ = true;
                if (!rows_.empty()) rows_.back().emplace_back();
                break;
            default: break;
        }
        return 0;
    }

    int leave_block(MD_BLOCKTYPE type) {
        switch (type) {
            case MD_BLOCK_H: style_.heading = 0; break;
            case MD_BLOCK_UL:
            case MD_BLOCK_OL:
                lists_.pop_back();
                style_.indent = static_cast<int>(lists_.size());
                item_just_begun_ = false;
                break;
            case MD_BLOCK_QUOTE: --style_.indent; break;
            case MD_BLOCK_CODE: style_.code = false; break;
            case MD_BLOCK_TH:
            case MD_BLOCK_TD: in_cell_ = false; break;
            case MD_BLOCK_TABLE: write_table(); break;
            default: break;
        }
        return 0;
    }

    void enter_item() {
        separate(true);
        style_.indent = static_cast<int>(lists_.size());
        ListState& list = lists_.back();
        put(list.ordered ? wxString::Format("%u. ", list.next++)
                         : wxString(wxUniChar(0x2022)) + " ");
        item_just_begun_ = true;
    }

    int span(MD_SPANTYPE type, void* detail, bool enter) {
        switch (type) {
            case MD_SPAN_STRONG: style_.bold = enter; break;
            case MD_SPAN_EM: style_.italic = enter; break;
            case MD_SPAN_DEL: style_.struck = enter; break;
            case MD_SPAN_CODE: style_.code = enter; break;
            case MD_SPAN_A: {
                style_.link = enter;
                const MD_ATTRIBUTE& href = static_cast<MD_SPAN_A_DETAIL*>(detail)->href;
                if (enter)
                    links_.push_back({{},
                                      std::string(href.text == nullptr ? "" : href.text, href.size),
                                      out_.GetLastPosition(),
                                      0});
                else if (!links_.empty())
                    links_.back().to = in_cell_ ? links_.back().from : out_.GetLastPosition();
                break;
            }
            default: break;
        }
        return 0;
    }

    int text(MD_TEXTTYPE type, const std::string& bytes) {
        if (style_.link && !links_.empty()) links_.back().text += bytes;
        if (type == MD_TEXT_BR || type == MD_TEXT_SOFTBR)
            put(type == MD_TEXT_BR ? wxString("\n") : wxString(" "));
        else
            put(from_utf8(type == MD_TEXT_NULLCHAR ? "?" : bytes));
        return 0;
    }

    void put(const wxString& words) {
        if (words.empty()) return;
        if (in_cell_) {
            if (!rows_.empty() && !rows_.back().empty())
                rows_.back().back() += words == "\n" ? wxString(" ") : words;
            return;
        }
        out_.write(words, style_);
        anything_ = true;
        at_line_start_ = words.Last() == '\n';
        blank_ = false;
    }

    // A narrow table in columns; a wide one as one line a row, "Heading: cell", which also reads
    // well aloud.
    void write_table() {
        if (rows_.empty()) return;
        std::vector<std::size_t> widths(rows_.front().size(), 0);
        for (const auto& row : rows_)
            for (std::size_t i = 0; i < std::min(row.size(), widths.size()); ++i)
                widths[i] = std::max(widths[i], row[i].length());
        std::size_t total = 0;
        for (const std::size_t width : widths) total += width + 2;
        for (std::size_t r = total > 64 ? 1 : 0; r < rows_.size(); ++r) {
            StyledText::Style style = style_;
            style.code = total <= 64;
            style.bold = r == 0;
            out_.write(
                total <= 64 ? in_columns(rows_[r], widths) : as_sentence(rows_[r], rows_.front()),
                style);
            out_.write("\n");
        }
        rows_.clear();
        anything_ = at_line_start_ = true;
        blank_ = false;
    }

    static wxString in_columns(const std::vector<wxString>& row,
                               const std::vector<std::size_t>& widths) {
        wxString line;
        for (std::size_t i = 0; i < std::min(row.size(), widths.size()); ++i)
            line += row[i] + wxString(' ', widths[i] + 2 - row[i].length());
        return line.Trim();
    }

    static wxString as_sentence(const std::vector<wxString>& row,
                                const std::vector<wxString>& head) {
        wxString line;
        for (std::size_t i = 0; i < std::min(row.size(), head.size()); ++i) {
            if (row[i].empty()) continue;
            if (!line.empty()) line += "; ";
            line += head[i].empty() ? row[i] : head[i] + ": " + row[i];
        }
        return line;
    }

    StyledText& out_;
    int heading_shift_;
    StyledText::Style style_;
    std::vector<ListState> lists_;
    std::vector<std::vector<wxString>> rows_;
    std::vector<MarkdownLink> links_;
    bool anything_ = false, at_line_start_ = true, blank_ = true, item_just_begun_ = false,
         in_cell_ = false;
};

}  // namespace sz::ui
