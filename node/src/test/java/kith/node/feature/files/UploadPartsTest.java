package kith.node.feature.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class UploadPartsTest {
  @Test
  void partsEndWhereTheStoresPartsEndHoweverTheBytesArrive() {
    var random = new Random(3);
    for (var round = 0; round < 200; round++) {
      var offset = random.nextInt(30);
      var parts = new Uploads.Parts(offset, 10);
      var sent = new ArrayList<Byte>();
      var all = new ArrayList<Uploads.Part>();
      for (var chunk = 0; chunk < 5; chunk++) {
        var bytes = new byte[random.nextInt(25)];
        random.nextBytes(bytes);
        for (var b : bytes) sent.add(b);
        all.addAll(parts.add(ByteString.fromArray(bytes)));
      }
      all.addAll(parts.rest());

      var received = new ArrayList<Byte>();
      long next = offset;
      for (var part : all) {
        assertThat(part.offset()).isEqualTo(next);
        assertThat(part.offset() % 10 + part.bytes().length).isBetween(1L, 10L);
        next += part.bytes().length;
        for (var b : part.bytes()) received.add(b);
      }
      assertThat(received).isEqualTo(sent);
      assertThat(all.subList(0, Math.max(0, all.size() - 1)))
          .allMatch(part -> (part.offset() + part.bytes().length) % 10 == 0);
      assertThat(parts.rest()).isEqualTo(List.of());
    }
  }
}
