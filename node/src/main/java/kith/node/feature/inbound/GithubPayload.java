package kith.node.feature.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kith.node.platform.config.Portions;

/// A payload of a GitHub webhook as plain text. Unknown events are described by their name, the
/// user who caused them and a link.
final class GithubPayload {
  private static final int ABBREVIATED = 7;

  private final String event;
  private final JsonNode payload;

  private GithubPayload(String event, JsonNode payload) {
    this.event = event;
    this.payload = payload;
  }

  /// @param event the header `X-GitHub-Event`
  static String text(String event, JsonNode payload) {
    var it = new GithubPayload(event, payload);
    var repository = Payloads.text(payload.path("repository"), "full_name");
    return (repository.isEmpty() ? "" : "[" + repository + "] ") + it.words();
  }

  private String words() {
    return switch (event) {
      case "ping" -> "GitHub sends its events here: " + of("zen");
      case "push" -> push();
      case "create", "delete" ->
          "%s %sd %s %s".formatted(sender(), event, of("ref_type"), of("ref"));
      case "pull_request" -> lines(pullRequest(), link("pull_request"));
      case "pull_request_review" ->
          lines(
              "%s reviewed pull request %s: %s"
                  .formatted(sender(), titled("pull_request"), of("review", "state")),
              of("review", "body"),
              link("review"));
      case "issues" ->
          lines("%s %s issue %s".formatted(sender(), action(), titled("issue")), link("issue"));
      case "issue_comment", "pull_request_review_comment", "commit_comment" -> comment();
      case "release" ->
          lines(
              "%s %s release %s".formatted(sender(), action(), of("release", "tag_name")),
              link("release"));
      case "workflow_run" ->
          lines(
              "Workflow %s on %s: %s"
                  .formatted(
                      of("workflow_run", "name"), of("workflow_run", "head_branch"), outcome()),
              link("workflow_run"));
      default -> other();
    };
  }

  private String push() {
    var ref = of("ref").replaceFirst("^refs/(heads|tags)/", "");
    var kind = of("ref").startsWith("refs/tags/") ? "tag" : "branch";
    var pusher = of("pusher", "name");
    if (payload.path("deleted").asBoolean()) return "%s deleted %s %s".formatted(pusher, kind, ref);
    var commits = payload.path("commits");
    var verb = payload.path("forced").asBoolean() ? "force-pushed" : "pushed";
    var lines = new ArrayList<String>();
    lines.add(
        payload.path("created").asBoolean() && commits.isEmpty()
            ? "%s created %s %s".formatted(pusher, kind, ref)
            : "%s %s %d %s to %s"
                .formatted(
                    pusher, verb, commits.size(), commits.size() == 1 ? "commit" : "commits", ref));
    for (int i = 0; i < commits.size() && i < Portions.PAYLOAD_PARTS; i++)
      lines.add(commit(commits.get(i)));
    if (commits.size() > Portions.PAYLOAD_PARTS)
      lines.add("… and %d more".formatted(commits.size() - Portions.PAYLOAD_PARTS));
    lines.add(of("compare"));
    return String.join("\n", lines);
  }

  private static String commit(JsonNode commit) {
    var id = Payloads.text(commit, "id");
    return "- %s %s (%s)"
        .formatted(
            id.substring(0, Math.min(ABBREVIATED, id.length())),
            Payloads.text(commit, "message").lines().findFirst().orElse(""),
            Payloads.text(commit.path("author"), "name"));
  }

  private String pullRequest() {
    var isMerged = action().equals("closed") && payload.at("/pull_request/merged").asBoolean();
    return "%s %s pull request %s"
        .formatted(sender(), isMerged ? "merged" : action(), titled("pull_request"));
  }

  private String comment() {
    var about =
        payload.has("issue")
            ? (payload.at("/issue/pull_request").isMissingNode() ? "issue " : "pull request ")
                + titled("issue")
            : payload.has("pull_request")
                ? "pull request " + titled("pull_request")
                : "commit " + of("comment", "commit_id");
    return lines(
        "%s %s a comment on %s".formatted(sender(), action(), about),
        of("comment", "body"),
        link("comment"));
  }

  private String outcome() {
    var conclusion = of("workflow_run", "conclusion");
    return conclusion.isEmpty() ? of("workflow_run", "status") : conclusion;
  }

  private String other() {
    var what =
        Stream.of(event.replace('_', ' '), of(event, "name"), done()).filter(it -> !it.isEmpty());
    return lines(
        what.collect(Collectors.joining(" ")) + (sender().isEmpty() ? "" : " by " + sender()),
        link(event));
  }

  /// The outcome of a check or a deployment; the action of other events.
  private String done() {
    return Stream.of(of(event, "conclusion"), of(event, "state"), action())
        .filter(it -> !it.isEmpty())
        .findFirst()
        .orElse("")
        .replace('_', ' ');
  }

  private String titled(String object) {
    return "#%s: %s".formatted(of(object, "number"), of(object, "title"));
  }

  private String link(String object) {
    return of(object, "html_url");
  }

  private String action() {
    return of("action").replace('_', ' ');
  }

  private String sender() {
    return of("sender", "login");
  }

  private String of(String field) {
    return Payloads.text(payload, field);
  }

  private String of(String object, String field) {
    return Payloads.text(payload.path(object), field);
  }

  private static String lines(String... lines) {
    return Stream.of(lines).filter(it -> !it.isEmpty()).collect(Collectors.joining("\n"));
  }
}
