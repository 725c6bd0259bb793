package kith.node.feature.conversations;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kith.node.core.account.Account;
import kith.node.core.session.SessionHost;
import kith.node.core.session.SessionPart;
import kith.node.feature.conversations.RequestEntry.Kind;
import kith.node.platform.config.Portions;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.rest.People.Request;

/// Sends a client its account's requests to begin conversations and each change of them, if the
/// client asked for live views.
///
/// While the socket is blocked, only the latest state of each request is kept.
public final class RequestsSessionPart implements SessionPart {

  /// The session part of this feature.
  public record Factory() implements SessionPart.Factory {
    @Override
    public SessionPart create(SessionHost host, ClientFrame.Hello hello) {
      return new RequestsSessionPart(host);
    }
  }

  private final SessionHost host;
  private final Map<String, RequestEntry> unsent = new LinkedHashMap<>();

  /// The next frame replaces all requests that the client knows.
  private boolean isWhole;

  private RequestsSessionPart(SessionHost host) {
    this.host = host;
  }

  @Override
  public void begin(Account.Attached attached) {
    if (!host.isLive()) return;
    unsent.clear();
    isWhole = true;
    attached.words(AccountRequests.Requests.class).forEach(this::add);
    drained();
  }

  @Override
  public void accountChanged(Account.Attached attached) {
    begin(attached);
  }

  @Override
  public void fromAccount(Account.PartWord word) {
    if (!(word instanceof AccountRequests.Requests changes)) return;
    add(changes);
    drained();
  }

  private void add(AccountRequests.Requests changes) {
    changes.entries().forEach(it -> unsent.put(it.user(), it));
  }

  @Override
  public void drained() {
    host.outbound().sendWhile(() -> isWhole || !unsent.isEmpty(), this::next);
  }

  private ServerFrame next() {
    var sent = unsent.values().stream().limit(Portions.REQUESTS).toList();
    sent.forEach(it -> unsent.remove(it.user()));
    var isFirst = isWhole;
    isWhole = false;
    return new ServerFrame.Requests(
        requests(sent, Kind.INCOMING),
        requests(sent, Kind.OUTGOING),
        sent.stream().filter(it -> it.kind() == Kind.NONE).map(RequestEntry::user).toList(),
        isFirst);
  }

  static List<Request> requests(List<RequestEntry> entries, Kind kind) {
    return entries.stream()
        .filter(it -> it.kind() == kind)
        .flatMap(it -> it.request().stream().map(request -> request.with(it.user())))
        .toList();
  }
}
