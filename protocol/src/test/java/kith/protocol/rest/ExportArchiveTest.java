package kith.protocol.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import kith.protocol.rest.Accounts.ExportPage;
import kith.protocol.rest.Accounts.ExportedContent;
import org.junit.jupiter.api.Test;

class ExportArchiveTest {
  @Test
  void piecesOfAFileBecomeOneEntryAndAFileThatEndsEarlyIsNamed() throws Exception {
    var read =
        archive(
            piece("f1", "../tea:time.txt", 6, 0, "abc"),
            piece("f1", "../tea:time.txt", 6, 3, "def"),
            piece("f2", "removed", 6, 0, "abc"),
            piece("f3", "..", 1, 0, "x"));

    assertThat(read)
        .containsEntry("files/f1/.._tea_time.txt", "abcdef")
        .containsEntry("files/f2/removed", "abc")
        .containsEntry("files/f3/_..", "x")
        .containsEntry("files/incomplete.txt", "f2\n")
        .containsKey("README.txt");
  }

  @Test
  void anArchiveWithoutFilesHasNoDirectoryForThem() throws Exception {
    assertThat(archive()).containsOnlyKeys("README.txt");
  }

  private static ExportedContent piece(String id, String name, long size, long from, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return new ExportedContent(id, name, size, from, Base64.getEncoder().encodeToString(bytes));
  }

  private static Map<String, String> archive(ExportedContent... pieces)
      throws IOException, InterruptedException {
    var pages = new ArrayList<ExportPage>();
    for (var piece : pieces)
      pages.add(new ExportPage(List.of(), Optional.of("next"), Optional.of(piece)));
    pages.add(new ExportPage(List.of(), Optional.empty()));
    var out = new ByteArrayOutputStream();
    ExportArchive.<RuntimeException>write(out, _ -> pages.removeFirst());
    var read = new TreeMap<String, String>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
        read.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
    }
    return read;
  }
}
