package kith.bench;

import java.util.List;

/// How an XMPP client signs in without an account and enters rooms (RFC 6120, RFC 7395, XEP-0045).
final class XmppOpening implements MarkedTalk.Opening {
  private static final String OPEN =
      "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>";

  private final String nick;
  private final List<String> rooms;
  private int missing;

  XmppOpening(String nick, List<String> rooms) {
    this.nick = nick;
    this.rooms = rooms;
    this.missing = rooms.size();
  }

  @Override
  public void begins(Peer peer) {
    peer.say(OPEN);
  }

  @Override
  public boolean isOpenAfter(Peer peer, String stanza) {
    if (stanza.contains("ANONYMOUS</mechanism>"))
      peer.say("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>");
    else if (stanza.startsWith("<success")) peer.say(OPEN);
    else if (stanza.contains("urn:ietf:params:xml:ns:xmpp-bind") && stanza.contains("features"))
      peer.say(
          "<iq xmlns='jabber:client' type='set' id='b'>"
              + "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>");
    else if (stanza.startsWith("<iq") && stanza.contains("<jid>")) enter(peer);
    else if (stanza.contains("<subject")) missing--;
    else if (stanza.contains("<failure") || stanza.contains("type='error'"))
      throw new BenchFailure("ejabberd refused: " + stanza);
    return missing == 0;
  }

  private void enter(Peer peer) {
    for (var room : rooms)
      peer.say(
          "<presence xmlns='jabber:client' to='%s/%s'><x xmlns='http://jabber.org/protocol/muc'/></presence>"
              .formatted(room, nick));
  }

  @Override
  public void hears(Peer peer, String stanza) {}
}
