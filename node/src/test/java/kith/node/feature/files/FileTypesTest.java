package kith.node.feature.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FileTypesTest {
  private static final String SVG =
      "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";

  @Test
  void theContentDecidesTheType() {
    assertThat(FileTypes.of(text("%PDF-1.7\n"))).isEqualTo("application/pdf");
    assertThat(FileTypes.of(text("hello"))).isEqualTo("text/plain");
    assertThat(FileTypes.of(text(SVG))).isEqualTo("image/svg+xml");
    assertThat(FileTypes.of(new byte[0])).isEqualTo("application/octet-stream");
  }

  @Test
  void aNameMakesATypeMorePreciseAndNeverAnother() {
    assertThat(FileTypes.named("application/zip", "plan.docx"))
        .isEqualTo("application/vnd.openxmlformats-officedocument.wordprocessingml.document");
    assertThat(FileTypes.named("application/zip", "plan.png")).isEqualTo("application/zip");
    assertThat(FileTypes.named("image/svg+xml", "picture.png")).isEqualTo("image/svg+xml");
    assertThat(FileTypes.named("text/plain", "notes.html")).isEqualTo("text/html");
  }

  @Test
  void contentThatABrowserCouldRunIsServedWithoutItsType() {
    for (var type :
        new String[] {"image/svg+xml", "text/html", "application/xhtml+xml", "text/javascript"})
      assertThat(FileTypes.served(type)).isEqualTo("application/octet-stream");
    assertThat(FileTypes.served("image/png")).isEqualTo("image/png");
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
