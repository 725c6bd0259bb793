package kith.node.feature.approval;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import kith.node.core.account.Account;
import kith.node.core.session.SessionHost;
import kith.node.core.session.SessionPart;
import kith.protocol.frame.ClientFrame;
import kith.protocol.frame.ServerFrame;
import kith.protocol.frame.ServerFrame.JoinedRoom;
import kith.protocol.rest.Joining.OwnJoinRequest;

/// Sends a client the requests of its account to join rooms, if the client asked for live views.
/// While the socket is blocked, only the latest list is kept.
final class JoinsSessionPart implements SessionPart {

  record Factory() implements SessionPart.Factory {
    @Override
    public SessionPart create(SessionHost host, ClientFrame.Hello hello) {
      return new JoinsSessionPart(host);
    }
  }

  private final SessionHost host;
  private final Set<JoinedRoom> joined = new LinkedHashSet<>();
  private List<OwnJoinRequest> requests = List.of();

  /// The requests last sent to the client: none at first.
  private List<OwnJoinRequest> sent = List.of();

  private JoinsSessionPart(SessionHost host) {
    this.host = host;
  }

  @Override
  public void fromAccount(Account.PartWord word) {
    if (!(word instanceof AccountJoins.OwnRequests news)) return;
    requests = news.requests();
    news.joined().ifPresent(joined::add);
    drained();
  }

  @Override
  public void drained() {
    host.outbound().sendWhile(() -> !joined.isEmpty() || !requests.equals(sent), this::next);
  }

  private ServerFrame next() {
    var first = joined.stream().findFirst();
    first.ifPresent(joined::remove);
    sent = requests;
    return new ServerFrame.JoinRequests(requests, first);
  }
}
