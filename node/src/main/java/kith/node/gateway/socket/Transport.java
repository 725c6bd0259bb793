package kith.node.gateway.socket;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.util.Optional;

/// The interfaces of the kernel for reading from and writing to sockets, the fastest first.
enum Transport {
  /// Linux. One system call submits the reads and writes of many sockets. Often forbidden in
  /// containers.
  IO_URING {
    @Override
    Optional<Throwable> obstacle() {
      return Optional.ofNullable(IoUring.unavailabilityCause());
    }

    @Override
    IoHandlerFactory loop() {
      return IoUringIoHandler.newFactory();
    }

    @Override
    Class<? extends ServerChannel> server() {
      return IoUringServerSocketChannel.class;
    }
  },

  /// Linux. A system call for each write.
  EPOLL {
    @Override
    Optional<Throwable> obstacle() {
      return Optional.ofNullable(Epoll.unavailabilityCause());
    }

    @Override
    IoHandlerFactory loop() {
      return EpollIoHandler.newFactory();
    }

    @Override
    Class<? extends ServerChannel> server() {
      return EpollServerSocketChannel.class;
    }
  },

  /// Java NIO, available on every system.
  NIO {
    @Override
    Optional<Throwable> obstacle() {
      return Optional.empty();
    }

    @Override
    IoHandlerFactory loop() {
      return NioIoHandler.newFactory();
    }

    @Override
    Class<? extends ServerChannel> server() {
      return NioServerSocketChannel.class;
    }
  };

  /// The reason why it cannot be used here, if there is one.
  abstract Optional<Throwable> obstacle();

  abstract IoHandlerFactory loop();

  abstract Class<? extends ServerChannel> server();
}
