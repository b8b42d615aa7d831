// A log line is one line, whatever stands in it, and takes no text of people by type.
#include "base/log.h"

#include <type_traits>

namespace rantau {

template <class T>
concept Loggable = requires(LogLine& l, T value) {
  l.with("key", value);
};
static_assert(!Loggable<std::string>, "a std::string could be a name");

TEST(Log, OneFactIsOneLine) {
  testing::internal::CaptureStderr();
  { log("server.started").with("port", 8080).with("mode", "dev").with("user", UserId{5}).with_system("file", "a b\n\"c\""); }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "event=server.started port=8080 mode=dev user=5 file=\"a b \\\"c\\\"\"\n");
}

}  // namespace rantau
