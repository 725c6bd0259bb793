package kith.node.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.imageio.ImageIO;
import kith.node.TestNode;
import kith.node.person.Patience;
import kith.node.person.Person;
import kith.protocol.Visibility;
import kith.protocol.frame.Entry;
import kith.protocol.rest.SharedFiles;

/// Ann and Bob, who share a private room in which they send files.
final class FilesCast implements AutoCloseable {
  private final Person ann;
  private final Person bob;
  private final String room;

  /// @param number makes the names unique
  FilesCast(TestNode node, int number) {
    ann = Person.signsUp(node.uri("/"), "ann" + number);
    bob = Person.signsUp(node.uri("/"), "bob" + number);
    room = ann.makesRoom("room " + number, Visibility.PRIVATE);
    var token = ann.rest().send("POST", "/v1/rooms/" + room + "/invitations", Optional.of("{}"));
    bob.rest()
        .send(
            "POST",
            "/v1/rooms/" + room + "/join",
            Optional.of("{\"invitation\":\"" + token.field("token") + "\"}"));
    for (var person : List.of(ann, bob)) {
      person.connects();
      person.opens(room, 0);
    }
  }

  Person ann() {
    return ann;
  }

  Person bob() {
    return bob;
  }

  String room() {
    return room;
  }

  /// Waits for the list, which is written shortly after the messages.
  List<Entry.File> listed(Person person, int count) {
    var deadline = System.nanoTime() + Patience.LONGEST.toNanos();
    var files = files(person);
    while (files.size() != count && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      files = files(person);
    }
    assertThat(files).hasSize(count);
    return files;
  }

  List<Entry.File> files(Person person) {
    return person
        .rest()
        .get("/v1/rooms/" + room + "/files")
        .as(SharedFiles.RoomFiles.class)
        .files()
        .stream()
        .map(SharedFiles.RoomFile::file)
        .toList();
  }

  static byte[] picture(int width, int height) throws IOException {
    var bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] random(int length, long seed) {
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() {
    ann.close();
    bob.close();
  }
}
