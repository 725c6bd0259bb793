package kith.terminal.net;

import kith.protocol.frame.ClientFrame;

/// A post that the server refused, kept until the user retries or drops it.
///
/// @param why a sentence
public record RefusedPost(ClientFrame.Post post, String why) {}
