package kith.node.person;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.Entry;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.SharedFiles;

/// A person's acts with files.
public final class PersonFiles {
  private final Person person;
  private final HttpClient client;
  private final URI node;

  PersonFiles(Person person, HttpClient client, URI node) {
    this.person = person;
    this.client = client;
    this.node = node;
  }

  public Rest.Answer asksToCreate(String name, byte[] content) {
    return asksToCreate(name, content.length, sha256(content));
  }

  public Rest.Answer asksToCreate(String name, long size, String sha256) {
    return person.rest().post("/v1/files", new SharedFiles.CreateFile(name, size, sha256));
  }

  public SharedFiles.Upload creates(String name, byte[] content) {
    return asksToCreate(name, content).as(SharedFiles.Upload.class);
  }

  /// Sends bytes of the content from `offset` to `end`.
  public Rest.Answer puts(String file, byte[] content, int offset, int end) {
    return puts(file, offset, Arrays.copyOfRange(content, offset, end));
  }

  public Rest.Answer puts(String file, long offset, byte[] bytes) {
    return answer(
        request("/v1/files/" + file + "/content?offset=" + offset)
            .PUT(BodyPublishers.ofByteArray(bytes)));
  }

  public Rest.Answer finishes(String file) {
    return person.rest().send("POST", "/v1/files/" + file + "/complete", Optional.empty());
  }

  public SharedFiles.Upload asks(String file) {
    return person.rest().getWhenAvailable("/v1/files/" + file).as(SharedFiles.Upload.class);
  }

  /// Uploads a whole file. Its id.
  public String uploads(String name, byte[] content) {
    var upload = creates(name, content);
    if (!upload.complete()) {
      if (upload.offset() < content.length)
        puts(upload.file(), content, (int) upload.offset(), content.length)
            .as(SharedFiles.Upload.class);
      finishes(upload.file()).as(SharedFiles.Upload.class);
    }
    return upload.file();
  }

  public ServerFrame.Ack sends(String room, String text, String... files) {
    var id = UUID.randomUUID().toString();
    asksToSend(room, id, text, files);
    return person.isAcked(id);
  }

  public void asksToSend(String room, String id, String text, String... files) {
    person.says(
        new ClientFrame.Send(id, room, text, OptionalLong.empty(), Optional.of(List.of(files))));
  }

  /// The files of a message, once this person has seen it.
  public List<Entry.File> sees(String room, long seq) {
    person.seesEntry(room, it -> it.seq() == seq, "entry " + seq);
    return person.log(room).stream()
        .filter(it -> it.seq() == seq)
        .map(Entry.Message.class::cast)
        .findFirst()
        .flatMap(Entry.Message::files)
        .orElse(List.of());
  }

  public HttpResponse<byte[]> gets(String room, long seq, String file, String... headers) {
    var request = request("/v1/rooms/" + room + "/entries/" + seq + "/files/" + file);
    if (headers.length > 0) request.headers(headers);
    return send(request);
  }

  public Rest.Answer uploadsPicture(byte[] picture) {
    return answer(request("/v1/account/picture").PUT(BodyPublishers.ofByteArray(picture)));
  }

  /// @param path of another person's profile
  public HttpResponse<byte[]> getsPicture(String path, String... headers) {
    var request = request(path);
    if (headers.length > 0) request.headers(headers);
    return send(request);
  }

  public HttpResponse<byte[]> heads(String path) {
    return send(request(path).HEAD());
  }

  public Rest.Answer asksFor(String room, long seq, String file) {
    var answer = gets(room, seq, file);
    return new Rest.Answer(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(node.resolve(path))
        .timeout(Patience.LONGEST)
        .header("authorization", "Bearer " + person.accessToken());
  }

  private Rest.Answer answer(HttpRequest.Builder request) {
    var answer = send(request);
    return new Rest.Answer(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder builder) {
    var request = builder.build();
    try {
      var answer = client.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() >= 400 && !request.method().equals("HEAD"))
        RestContract.check(
            request.method(),
            request.uri().getPath(),
            answer.statusCode(),
            new String(answer.body(), StandardCharsets.UTF_8));
      return answer;
    } catch (IOException fault) {
      throw new AssertionError(request.toString(), fault);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stop);
    }
  }

  public static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
