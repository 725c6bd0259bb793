package kith.node.feature.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import kith.protocol.Code;
import org.apache.pekko.http.javadsl.model.MediaType;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.junit.jupiter.api.Test;

/// Payloads of the programs that people connect become plain messages.
class PayloadsTest {
  private static final Payloads PAYLOADS = new Payloads(16_384);

  @Test
  void grafanasWebhook() {
    assertThat(message("grafana-webhook.json"))
        .isEqualTo(
            """
            [FIRING:1, RESOLVED:1]  (blue)
            - firing: High memory usage: Memory of zone us-1 is nearly full
              team=blue zone=us-1
              B=44.23943737541908 C=1
              https://grafana.example.org/alerting/1afz29v7z/edit
            - resolved: High CPU usage: CPU of zone eu-1
              team=blue zone=eu-1
              B=12.5
              https://grafana.example.org/d/cpu?viewPanel=2\
            """);
  }

  @Test
  void grafanasContactPointForSlack() {
    var read = (Payloads.Read) json(resource("grafana-slack.json"));

    assertThat(read.isSlack()).isTrue();
    assertThat(read.body())
        .isEqualTo(
            """
            here
            [FIRING:1] High memory usage (us-1) (https://grafana.example.org/alerting/list)
            *Firing*

            Value: B=44.2 > 40
            Source: the rule (https://grafana.example.org/alerting/1afz29v7z/edit)\
            """);
  }

  @Test
  void alertmanagersWebhook() {
    assertThat(message("alertmanager.json"))
        .isEqualTo(
            """
            [FIRING:1] ProbeFailure
            - firing: ProbeFailure: The probe fails
              instance=https://server.example.org job=http_checks severity=critical
              http://prometheus.example.org:9090/graph?g0.expr=probe_success+%3D%3D+0&g0.tab=1
            … and 3 more\
            """);
  }

  @Test
  void thePayloadOfAlertmanagersReceiverForSlackIsRead() {
    assertThat(message("alertmanager-slack.json"))
        .isEqualTo(
            """
            [FIRING:1] ProbeFailure (https://server.example.org http_checks critical) (http://alertmanager.example.org:9093/#/alerts?receiver=team-room)
            Severity: critical
            Runbook: https://runbooks.example.org/probe\
            """);
  }

  @Test
  void githubsEvents() {
    assertThat(github("push"))
        .isEqualTo(
            """
            [octo-org/hello] mona pushed 2 commits to main
            - 9f3c2a7 Fix the garden gate (Mona Lisa)
            - 0d1a26e Paint it (Hubot)
            https://github.com/octo-org/hello/compare/6113728f27ae...0d1a26e67d8f\
            """);
    assertThat(github("pull_request"))
        .isEqualTo(
            """
            [octo-org/hello] hubot merged pull request #2: Update the README with new information.
            https://github.com/octo-org/hello/pull/2\
            """);
    assertThat(github("issue_comment"))
        .isEqualTo(
            """
            [octo-org/hello] hubot created a comment on issue #1: Spelling error in the README file
            You are totally right! I will fix it.
            https://github.com/octo-org/hello/issues/1#issuecomment-492700400\
            """);
    assertThat(github("ping"))
        .isEqualTo(
            "[octo-org/hello] GitHub sends its events here: Anything added dilutes everything"
                + " else.");
    assertThat(github("star")).isEqualTo("[octo-org/hello] star created by mona");
    assertThat(github("check_run"))
        .isEqualTo(
            """
            [octo-org/hello] check run build (25) failure by mona
            https://github.com/octo-org/hello/runs/128620228\
            """);
  }

  @Test
  void aFormWithAPayloadIsReadLikeItsJson() {
    assertThat(
            PAYLOADS.read(
                form(), Optional.empty(), "payload=%7B%22text%22%3A%22a+%26+b%22%7D&other=1"))
        .isEqualTo(new Payloads.Read("a & b", true));
    // curl -d sends this type by default
    assertThat(PAYLOADS.read(form(), Optional.empty(), "{\"text\":\"hello\"}"))
        .isEqualTo(new Payloads.Read("hello", true));
  }

  @Test
  void plainTextAndOurFormatAreUnchanged() {
    assertThat(PAYLOADS.read(MediaTypes.TEXT_PLAIN, Optional.empty(), "disk <full> &amp; \n"))
        .isEqualTo(new Payloads.Read("disk <full> &amp; \n", false));
    assertThat(json("{\"body\":\"a <b>\"}")).isEqualTo(new Payloads.Read("a <b>", false));
  }

  @Test
  void slacksMarkupIsReducedToText() {
    assertThat(SlackPayload.plain("<https://a.example|see> <https://b.example> <mailto:c@d|c@d>"))
        .isEqualTo("see (https://a.example) https://b.example c@d (mailto:c@d)");
    assertThat(
            SlackPayload.plain("<@U1> <@U1|ann> <#C1|ops> <!here> <!date^1^{date}|today> 1 &lt; 2"))
        .isEqualTo("@U1 @ann #ops here today 1 < 2");
    assertThat(SlackPayload.plain("$1 \\1 <https://a.example|$1>"))
        .isEqualTo("$1 \\1 $1 (https://a.example)");
  }

  @Test
  void anAttachmentWithNothingElseShowsItsFallback() {
    assertThat(json("{\"attachments\":[{\"fallback\":\"it broke\",\"color\":\"#f00\"}]}"))
        .isEqualTo(new Payloads.Read("it broke", true));
  }

  @Test
  void aShortenedPayloadIsMarked() {
    var payloads = new Payloads(60);

    var read =
        (Payloads.Read)
            payloads.read(
                MediaTypes.APPLICATION_JSON,
                Optional.empty(),
                "{\"text\":\"" + "ä".repeat(50) + "\"}");

    assertThat(read.body()).startsWith("äää").endsWith("ä\n… (shortened from 100 bytes)");
    assertThat(read.body().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(58, 60);
  }

  @Test
  void aMessageInOurFormatIsRefusedIfItIsTooLong() {
    assertThat(code(new Payloads(10).read(MediaTypes.TEXT_PLAIN, Optional.empty(), "x".repeat(11))))
        .isEqualTo(Code.BODY_TOO_LONG);
  }

  @Test
  void otherBodiesAreRefusedWithTheReason() {
    assertThat(code(json("{\"blocks\":[]}"))).isEqualTo(Code.BAD_FIELD);
    assertThat(code(json("[]"))).isEqualTo(Code.MALFORMED_JSON);
    assertThat(code(json("{"))).isEqualTo(Code.MALFORMED_JSON);
    assertThat(code(json(""))).isEqualTo(Code.MALFORMED_JSON);
    assertThat(code(json("[".repeat(100_000)))).isEqualTo(Code.MALFORMED_JSON);
    assertThat(code(PAYLOADS.read(form(), Optional.empty(), "payload=%zz")))
        .isEqualTo(Code.MALFORMED_JSON);
    assertThat(code(json("{\"body\":\" \\n\"}"))).isEqualTo(Code.EMPTY_BODY);
    assertThat(code(json("{\"text\":null,\"attachments\":[{}]}"))).isEqualTo(Code.EMPTY_BODY);
  }

  @Test
  void fieldsOfOtherTypesThanDocumentedAreLeftOut() {
    assertThat(json("{\"text\":{\"a\":1},\"attachments\":[7,{\"text\":[1],\"title\":\"t\"}]}"))
        .isEqualTo(new Payloads.Read("t", true));
    assertThat(json("{\"alerts\":[null,7]}")).isInstanceOf(Payloads.Read.class);
    assertThat(
            PAYLOADS.read(
                MediaTypes.APPLICATION_JSON, Optional.of("push"), "{\"commits\":\"many\"}"))
        .isInstanceOf(Payloads.Read.class);
  }

  private static MediaType form() {
    return MediaTypes.APPLICATION_X_WWW_FORM_URLENCODED;
  }

  private static Payloads.Result json(String text) {
    return PAYLOADS.read(MediaTypes.APPLICATION_JSON, Optional.empty(), text);
  }

  private static Code code(Payloads.Result result) {
    return ((Payloads.Refused) result).code();
  }

  private static String message(String file) {
    return ((Payloads.Read) json(resource(file))).body();
  }

  private static String github(String event) {
    var payload = resource("github-" + event + ".json");
    return ((Payloads.Read) PAYLOADS.read(MediaTypes.APPLICATION_JSON, Optional.of(event), payload))
        .body();
  }

  private static String resource(String file) {
    try (var in =
        Objects.requireNonNull(PayloadsTest.class.getResourceAsStream("/hooks/" + file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
