// Inside the kit only: files by path, sentences with places, and mustache through the strict context.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "web/page.h"

namespace rantau::web {

bool reads_disk();
// "web/layout/form.html": from the binary, or from the source folder with --dev. Empty when there is none.
std::string file_text(std::string_view path);

// "{count} jobs" with the places filled by `word`; {count|job|jobs} takes the first form for "1". Throws std::logic_error
// when `word` returns null.
std::string fill_places(std::string_view sentence, const std::function<const std::string*(std::string_view)>& word);

// The file, inside the frame (a file of web/layout, or "" for none). `outer` holds what the frame knows.
std::string render_template(std::string_view file, std::string_view frame, const std::string& lang, const View& page,
                            const View& outer);
// The frame a page asks for in its first line: "citizen", "console" or "bare".
std::string frame_of(std::string_view file);

// Options of choice fields that name a list of the page (Field::list).
void fill_lists(View& page);

std::string minified_css(std::string_view css);

}  // namespace rantau::web
