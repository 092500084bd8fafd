# Two commands for users: `make run`, `make test`. The rest is for those who work on it. See README.md.
BUILD ?= build

all: dependencies $(BUILD)/build.ninja
	ninja -C $(BUILD)

dependencies:
	@packaging/install-dependencies

$(BUILD)/build.ninja: | dependencies
	meson setup $(BUILD) $(MESON_OPTIONS)

run: all
	app/demo/run $(BUILD)

kiosk supervisor: all
	app/demo/run $(BUILD) --mode=$@

demo: all
	app/demo/pictures $(BUILD)

visits: all
	app/demo/visits $(BUILD)

test:
	$(MAKE) BUILD=$(BUILD)-ci MESON_OPTIONS="-Dwerror=true" all
	meson test -C $(BUILD)-ci --print-errorlogs --no-suite bench
	$(MAKE) BUILD=$(BUILD)-asan MESON_OPTIONS="-Dwerror=true -Db_sanitize=address,undefined -Db_lundef=false" all
	meson test -C $(BUILD)-asan --timeout-multiplier 3 --print-errorlogs --no-suite lint --no-suite bench --no-suite sim --no-suite e2e --no-suite package

package: dependencies
	packaging/make-package $(BUILD)/package

# Minutes, root, and packages from the network the first time: tests/package/README.md.
test-package: all
	meson test -C $(BUILD) --print-errorlogs --suite install

bench: all
	meson test -C $(BUILD) --benchmark --verbose

format:
	git ls-files '*.[ch]' | xargs clang-format -i

clean:
	rm -rf $(BUILD) $(BUILD)-ci $(BUILD)-asan

.PHONY: all dependencies run kiosk supervisor demo visits test package test-package bench format clean
